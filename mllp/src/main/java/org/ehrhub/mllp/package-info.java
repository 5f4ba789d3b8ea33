/** MLLP as a Camel component: framing, acknowledgement, correlation and TLS (HL7 MLLP Release 1). */
@NullMarked
package org.ehrhub.mllp;

import org.jspecify.annotations.NullMarked;
