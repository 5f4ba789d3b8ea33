/** The free times and appointments of a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.appointments;

import org.jspecify.annotations.NullMarked;
