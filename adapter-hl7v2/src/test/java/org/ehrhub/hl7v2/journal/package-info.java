@NullMarked
package org.ehrhub.hl7v2.journal;

import org.jspecify.annotations.NullMarked;
