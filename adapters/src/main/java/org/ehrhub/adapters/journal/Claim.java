package org.ehrhub.adapters.journal;

import java.time.Instant;

/**
 * A message that a worker holds.
 *
 * @param id its number in the journal
 * @param channel the queue
 * @param content its bytes
 * @param attempt which attempt this is; 1 for the first
 * @param kept when it was kept
 * @param lease what this claim is known by; another claim of the same message has another one
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Claim(long id, String channel, byte[] content, int attempt, Instant kept, String lease) {}
