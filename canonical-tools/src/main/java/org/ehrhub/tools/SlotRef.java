package org.ehrhub.tools;

import java.nio.charset.StandardCharsets;

/**
 * A free time as one EHR's adapter describes it to itself: what {@code slot.search} gives and {@code appointment.create}
 * takes. On the wire the hub seals it, so a caller can neither read, change nor invent one.
 *
 * @param ehr the EHR it belongs to
 * @param content whatever the adapter needs to book it, at most {@value #MAX_CONTENT} bytes as UTF-8; opaque to everyone
 *     else
 */
public record SlotRef(String ehr, String content) {
    /** Bytes of content that, sealed, still fit the 1000 characters a caller may pass back. */
    public static final int MAX_CONTENT = 600;

    /** Checks the EHR's name, and the length, so that a slot too long to be booked never leaves its adapter. */
    public SlotRef {
        if (!Reference.isEhrName(ehr) || content.isEmpty()) {
            throw new InvalidArgument("slotRef", "must be a slotRef that slot.search returned");
        }
        if (content.getBytes(StandardCharsets.UTF_8).length > MAX_CONTENT) {
            throw new IllegalArgumentException("A slotRef holds at most " + MAX_CONTENT + " bytes");
        }
    }
}
