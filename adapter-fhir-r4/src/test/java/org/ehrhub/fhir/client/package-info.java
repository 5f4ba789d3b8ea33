/** Tests of the wire to a FHIR server. */
@NullMarked
package org.ehrhub.fhir.client;

import org.jspecify.annotations.NullMarked;
