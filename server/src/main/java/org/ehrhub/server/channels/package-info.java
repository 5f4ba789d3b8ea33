/** The hub's channels: routes of HL7 v2 messages from senders into the journal and on to receivers, and the desk of who runs them. */
@NullMarked
package org.ehrhub.server.channels;

import org.jspecify.annotations.NullMarked;
