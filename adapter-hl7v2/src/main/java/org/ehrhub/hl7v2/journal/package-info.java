/** HL7 v2 messages in the journal: the {@code journal:} endpoint, and what messages are ordered and found by. */
@NullMarked
package org.ehrhub.hl7v2.journal;

import org.jspecify.annotations.NullMarked;
