package org.ehrhub.hl7v2.journal;

/** The headers of an exchange whose message the journal keeps. */
public final class JournalHeaders {
    /** The message's number in the journal. */
    public static final String ID = "JournalId";

    /** Which attempt this is; 1 for the first. */
    public static final String ATTEMPT = "JournalAttempt";

    /** The channel that the message came out of. */
    public static final String CHANNEL = "JournalChannel";

    /** What became of a message that was to be kept: {@code NEW}, or {@code DUPLICATE} where it had been kept before. */
    public static final String FATE = "JournalFate";

    private JournalHeaders() {}
}
