/** Tests of the tools that speak FHIR itself. */
@NullMarked
package org.ehrhub.fhir.resources;

import org.jspecify.annotations.NullMarked;
