/** Tests of the FHIR R4 adapter against the sandbox's sites and against servers that misbehave. */
@NullMarked
package org.ehrhub.fhir;

import org.jspecify.annotations.NullMarked;
