package org.ehrhub.mllp.server;

import org.ehrhub.mllp.framing.MessageHeader;

/**
 * A whole message as it came.
 *
 * @param content its bytes, unchanged
 * @param header its first segment
 * @param sender who sent it
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Received(byte[] content, MessageHeader header, Sender sender) {}
