/** Any FHIR R4 server as an EHR. */
@NullMarked
package org.ehrhub.fhir;

import org.jspecify.annotations.NullMarked;
