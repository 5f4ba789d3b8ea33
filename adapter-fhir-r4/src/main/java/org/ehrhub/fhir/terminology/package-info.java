/** What codes mean, on the terminology service that an EHR offers (FHIR R4, 4.7). */
@NullMarked
package org.ehrhub.fhir.terminology;

import org.jspecify.annotations.NullMarked;
