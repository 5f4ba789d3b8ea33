/** HL7 v2 messages, for what no other tool covers. */
@NullMarked
package org.ehrhub.tools.hl7v2;

import org.jspecify.annotations.NullMarked;
