package org.ehrhub.mllp.client;

import org.ehrhub.mllp.framing.Acknowledgement;

/** What became of a message that was to be sent. */
public sealed interface Delivery {
    /**
     * It was sent whole, the receiver kept the connection and said nothing, as the message asks (MSH-15 and MSH-16 without AL and
     * SU): all that can be known of a message that went well.
     */
    Unknown UNANSWERED = new Unknown("the receiver did not answer, as the message asks");

    /**
     * The receiver answered it.
     *
     * @param acknowledgement what it says; of a commit acknowledgement alone, the message is stored and not yet processed
     * @param answer the whole answer
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Acknowledged(Acknowledgement acknowledgement, byte[] answer) implements Delivery {}

    /**
     * Not a byte of it was sent; it may be tried again.
     *
     * @param why in words that name nothing of the message
     */
    record NotSent(String why) implements Delivery {}

    /**
     * It was sent, at least in part, and nothing tells whether the receiver has it; sent again it must have the same control
     * id.
     *
     * @param why in words that name nothing of the message
     */
    record Unknown(String why) implements Delivery {}
}
