package org.ehrhub.hl7v2.journal;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the order of a channel's messages hangs on.
 *
 * @param order whose messages are worked one after another
 * @param authority the assigning authority whose identifier names the patient (CX.4, its namespace or its universal id); without
 *     it, and for a patient who has none of it, each identifier does
 */
public record Ordering(Order order, @Nullable String authority) {
    /** The usual: one patient's messages keep their order, and every identifier counts. */
    public static final Ordering USUAL = new Ordering(Order.PATIENT, null);

    /** Whose messages are worked one after another. */
    public enum Order {
        /** Those of a patient; those that name no patient, with others of the same type (MSH-9.1). */
        PATIENT,
        /** All of the channel. */
        CHANNEL,
        /** Nobody's. */
        NONE
    }

    boolean isChosen(Identifier identifier) {
        return Objects.equals(identifier.namespace(), authority) || Objects.equals(identifier.universal(), authority);
    }
}
