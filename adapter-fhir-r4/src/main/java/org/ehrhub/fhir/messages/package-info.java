/** Messages to patients through a FHIR R4 server. */
@NullMarked
package org.ehrhub.fhir.messages;

import org.jspecify.annotations.NullMarked;
