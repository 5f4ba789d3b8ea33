/** Everything about one person in one answer: the patient's compartment, and the International Patient Summary. */
@NullMarked
package org.ehrhub.sandbox.summaries;

import org.jspecify.annotations.NullMarked;
