/** FHIR R4 itself, for what no other tool covers. */
@NullMarked
package org.ehrhub.tools.fhir;

import org.jspecify.annotations.NullMarked;
