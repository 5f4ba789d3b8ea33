/** A small FHIR R4 server: resources in memory, searched by HAPI's own search parameter definitions. */
@NullMarked
package org.ehrhub.sandbox.fhir;

import org.jspecify.annotations.NullMarked;
