package org.ehrhub.store.journal;

import java.util.HexFormat;
import org.ehrhub.adapters.journal.Claim;

/**
 * What a claim is known by. It carries what is needed to settle it, so that nothing of it need be read again.
 *
 * @param token the number of the claim
 * @param channel the number of the queue
 * @param turn the message's place in the line
 * @param keys those of its order, hashed
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
record Lease(long token, int channel, long turn, byte[] keys) {
    static Lease of(Claim claim) {
        var parts = claim.lease().split(":", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("A claim is settled with the lease it was given with");
        }
        return new Lease(
                Long.parseUnsignedLong(parts[0], 16),
                Integer.parseInt(parts[1]),
                Long.parseLong(parts[2]),
                HexFormat.of().parseHex(parts[3]));
    }

    String text() {
        return "%s:%d:%d:%s"
                .formatted(
                        Long.toHexString(token), channel, turn, HexFormat.of().formatHex(keys));
    }
}
