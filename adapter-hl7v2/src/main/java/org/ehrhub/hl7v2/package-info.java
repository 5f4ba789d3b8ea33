/** HL7 v2 systems as EHRs: queries, scheduling and feeds over MLLP. */
@NullMarked
package org.ehrhub.hl7v2;

import org.jspecify.annotations.NullMarked;
