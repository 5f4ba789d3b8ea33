/** Tests of questions to payers. */
@NullMarked
package org.ehrhub.fhir.coverage;

import org.jspecify.annotations.NullMarked;
