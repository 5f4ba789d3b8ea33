package org.ehrhub.adapters.journal;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A message to be kept.
 *
 * @param channel the queue, of small letters, digits and hyphens
 * @param content its bytes, which are kept as they are
 * @param identity what is the same for a message that is sent again; without it every message is another one
 * @param keys what its order hangs on, such as a patient: messages that share a key are worked one after another. A merge has the
 *     keys of both patients. Without any it waits for no other message, and none waits for it
 * @param terms what it can be found by
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record JournalMessage(
        String channel, byte[] content, @Nullable Identity identity, Set<String> keys, List<Term> terms) {
    private static final Pattern CHANNEL = Pattern.compile("[a-z][a-z0-9-]{0,63}");

    /** Checks the channel's name and takes copies of the lists. */
    public JournalMessage {
        if (!CHANNEL.matcher(channel).matches()) {
            throw new IllegalArgumentException(
                    "A channel has a name of small letters, digits and hyphens, at most 64, that begins with a letter");
        }
        keys = Set.copyOf(keys);
        terms = List.copyOf(terms);
    }

    /**
     * Who sent a message, and what the sender calls it (MSH-3, MSH-4 and MSH-10 of HL7 v2).
     *
     * @param sender the sender, so written that two senders never look alike
     * @param controlId the sender's name for it
     */
    public record Identity(String sender, String controlId) {}

    /**
     * A value of a message by which people look for it; only its keyed hash is kept.
     *
     * @param field such as {@code PID-3}
     * @param value such as the number of the patient
     */
    public record Term(String field, String value) {}
}
