/** Vital signs written to a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.vitals;

import org.jspecify.annotations.NullMarked;
