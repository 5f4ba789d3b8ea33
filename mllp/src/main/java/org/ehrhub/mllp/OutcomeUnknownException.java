package org.ehrhub.mllp;

/** The message was sent, at least in part, and nothing tells whether the receiver has it. */
public final class OutcomeUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    OutcomeUnknownException(String why) {
        super("It is not known whether the message was received: " + why);
    }
}
