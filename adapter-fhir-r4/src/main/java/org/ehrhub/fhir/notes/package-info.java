/** Notes for a clinician to review, on a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.notes;

import org.jspecify.annotations.NullMarked;
