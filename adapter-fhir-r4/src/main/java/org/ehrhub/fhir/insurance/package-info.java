/** Insurance written to a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.insurance;

import org.jspecify.annotations.NullMarked;
