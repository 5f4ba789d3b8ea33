/** Taking in a patient: several writes as one. */
@NullMarked
package org.ehrhub.tools.intake;

import org.jspecify.annotations.NullMarked;
