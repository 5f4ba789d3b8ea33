/** The patients of a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.patients;

import org.jspecify.annotations.NullMarked;
