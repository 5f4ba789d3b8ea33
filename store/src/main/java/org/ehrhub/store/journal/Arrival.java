package org.ehrhub.store.journal;

import java.util.UUID;

/**
 * A message as it is stored.
 *
 * @param channel the number of the queue
 * @param name the keyed hash of its identity, or any number where it has none
 * @param body the keyed hash of its content
 * @param keys those of its order, hashed
 * @param terms what it is found by, hashed
 * @param content encrypted
 * @param bytes how long it was
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Arrival(int channel, UUID name, UUID body, byte[] keys, byte[] terms, byte[] content, int bytes) {}
