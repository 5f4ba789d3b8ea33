/** Who wrote what for whom, and who approved it, told to a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.provenance;

import org.jspecify.annotations.NullMarked;
