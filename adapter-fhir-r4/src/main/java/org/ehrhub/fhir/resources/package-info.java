/** FHIR resources as they are: queries, single writes and transactions of a caller's own making (FHIR R4, 3.1). */
@NullMarked
package org.ehrhub.fhir.resources;

import org.jspecify.annotations.NullMarked;
