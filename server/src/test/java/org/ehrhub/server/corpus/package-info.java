/** Folders of HL7 v2 messages, sent through a hub and compared byte for byte. */
@NullMarked
package org.ehrhub.server.corpus;

import org.jspecify.annotations.NullMarked;
