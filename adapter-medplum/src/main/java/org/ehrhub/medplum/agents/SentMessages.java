package org.ehrhub.medplum.agents;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What became of the messages that this process sent, the newest ones: Medplum keeps nothing of them. Holds no words of a
 * message, and ends with the process.
 */
final class SentMessages {
    private static final int MOST = 10_000;

    private final Map<Receivers.Addressed, Fate> fates = new LinkedHashMap<>();

    /**
     * What became of a message.
     *
     * @param key the hub's key of the write that sent it
     * @param status accepted, rejected or unknown
     * @param code MSA-1
     * @param error ERR-3 where it is one of HL7's own
     */
    record Fate(
            String key,
            Status status,
            @Nullable String code,
            @Nullable String error) {
        static Fate unknown(String key) {
            return new Fate(key, Status.UNKNOWN, null, null);
        }
    }

    /** How a message may stand. */
    enum Status {
        ACCEPTED,
        REJECTED,
        UNKNOWN
    }

    /**
     * Notes that a message is about to be sent; until more is known its fate is not.
     *
     * @return what became of the earlier message under its control id, when the receiver has it or may have it: then this one
     *     must not be sent
     */
    synchronized Optional<Fate> begin(Receivers.Addressed message, String key) {
        var earlier = fates.get(message);
        if (earlier != null && earlier.status() != Status.REJECTED) {
            return Optional.of(earlier);
        }
        settle(message, Fate.unknown(key));
        return Optional.empty();
    }

    /** Notes what became of a message. */
    synchronized void settle(Receivers.Addressed message, Fate fate) {
        fates.remove(message); // the newest is the last
        fates.put(message, fate);
        if (fates.size() > MOST) {
            fates.remove(fates.keySet().iterator().next());
        }
    }

    /** Notes that a message was not sent after all. */
    synchronized void unsent(Receivers.Addressed message) {
        fates.remove(message);
    }

    /** What became of a message, as far as this process knows. */
    synchronized Optional<Fate> find(Receivers.Addressed message) {
        return Optional.ofNullable(fates.get(message));
    }
}
