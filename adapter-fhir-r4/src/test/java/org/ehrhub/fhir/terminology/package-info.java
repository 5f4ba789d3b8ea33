/** Tests of questions about codes. */
@NullMarked
package org.ehrhub.fhir.terminology;

import org.jspecify.annotations.NullMarked;
