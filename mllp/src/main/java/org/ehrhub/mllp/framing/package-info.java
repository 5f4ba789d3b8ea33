/** Messages out of bytes: frames, headers and acknowledgements, without a parser of HL7 v2. */
@NullMarked
package org.ehrhub.mllp.framing;

import org.jspecify.annotations.NullMarked;
