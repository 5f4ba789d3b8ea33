package org.ehrhub.mllp.framing;

import java.util.Locale;
import java.util.Optional;

/** What an acknowledgement says (HL7 table 0008, MSA-1). */
public enum AcknowledgementCode {
    /** Application accept: processed, or taken on for good. */
    AA,
    /** Application error: the content is wrong; sent again unchanged it will be so again. */
    AE,
    /** Application reject: not processed for another reason, such as its type or its sender. */
    AR,
    /** Commit accept: stored safely, to be processed later. */
    CA,
    /** Commit error: it could not be stored. */
    CE,
    /** Commit reject: it is not of a kind that is taken. */
    CR;

    /** The code of this word; empty where it is none. */
    public static Optional<AcknowledgementCode> of(String word) {
        try {
            return Optional.of(valueOf(word.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether the message was taken. */
    public boolean isAccept() {
        return this == AA || this == CA;
    }

    /** Whether it speaks of safe storage only, and an application acknowledgement may follow (HL7 v2.5.1, 2.9.3.1). */
    public boolean isCommit() {
        return this == CA || this == CE || this == CR;
    }
}
