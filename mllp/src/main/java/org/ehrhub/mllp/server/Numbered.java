package org.ehrhub.mllp.server;

import org.jspecify.annotations.Nullable;

/**
 * An answer, with the sequence number that the next message must have.
 *
 * @param expected MSA-4; -1 for any, absent where the sender uses no numbers
 */
record Numbered(Answer answer, @Nullable Long expected) {
    static Numbered without(Answer answer) {
        return new Numbered(answer, null);
    }
}
