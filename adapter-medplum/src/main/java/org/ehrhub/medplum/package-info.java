/** Medplum as an EHR: FHIR R4 with its scheduling operations, Bots and Agent. */
@NullMarked
package org.ehrhub.medplum;

import org.jspecify.annotations.NullMarked;
