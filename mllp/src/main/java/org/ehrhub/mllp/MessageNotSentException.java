package org.ehrhub.mllp;

/** Not a byte of the message was sent; it may be tried again. */
public final class MessageNotSentException extends Exception {
    private static final long serialVersionUID = 1L;

    MessageNotSentException(String why) {
        super("The message was not sent: " + why);
    }
}
