/** Tests of patients as FHIR has them and as the hub shows them. */
@NullMarked
package org.ehrhub.fhir.patients;

import org.jspecify.annotations.NullMarked;
