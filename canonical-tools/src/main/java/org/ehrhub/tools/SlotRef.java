package org.ehrhub.tools;

/**
 * A free time as one EHR's adapter describes it to itself: what {@code slot.search} gives and {@code appointment.create}
 * takes. On the wire the hub seals it, so a caller can neither read, change nor invent one.
 *
 * @param ehr the EHR it belongs to
 * @param content whatever the adapter needs to book it; opaque to everyone else
 */
public record SlotRef(String ehr, String content) {
    /** Checks the EHR's name. */
    public SlotRef {
        if (!Reference.isEhrName(ehr) || content.isEmpty()) {
            throw new InvalidArgument("slotRef", "must be a slotRef that slot.search returned");
        }
    }
}
