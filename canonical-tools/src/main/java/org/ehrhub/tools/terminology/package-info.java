/** What codes mean, on the terminology service an EHR offers (FHIR R4, 4.7). */
@NullMarked
package org.ehrhub.tools.terminology;

import org.jspecify.annotations.NullMarked;
