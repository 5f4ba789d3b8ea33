/** The sequence number protocol of HL7: what each end of a connection remembers of the other. */
@NullMarked
package org.ehrhub.mllp.sequence;

import org.jspecify.annotations.NullMarked;
