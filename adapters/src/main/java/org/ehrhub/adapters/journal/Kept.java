package org.ehrhub.adapters.journal;

/**
 * What became of a message that was to be kept.
 *
 * @param id its number in the journal; later messages have greater ones. Of a message that was there, the number of that one
 * @param fate whether it was new
 */
public record Kept(long id, Fate fate) {
    /** Whether a message was new. */
    public enum Fate {
        /** It is kept. */
        NEW,
        /** The same message is kept already, and nothing was added. */
        DUPLICATE,
        /** Another message of the same identity is kept; this one is not. */
        OTHER_CONTENT
    }
}
