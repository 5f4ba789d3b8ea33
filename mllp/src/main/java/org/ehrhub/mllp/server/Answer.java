package org.ehrhub.mllp.server;

import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.ehrhub.mllp.framing.Problem;
import org.jspecify.annotations.Nullable;

/** What a receiver answers to a message. */
public sealed interface Answer {
    /** It is stored so that it cannot be lost, and is processed later. */
    Answer STORED = new Code(AcknowledgementCode.CA, null);

    /** It is processed. */
    Answer DONE = new Code(AcknowledgementCode.AA, null);

    /**
     * An acknowledgement, which is written as the sender's mode wants it.
     *
     * @param problem why the message was not taken; none where it was
     */
    record Code(AcknowledgementCode code, @Nullable Problem problem) implements Answer {}

    /**
     * A message of the receiver's own, such as the response to a query; it must name the message that it answers in MSA-2.
     *
     * @param content its bytes
     */
    @SuppressWarnings("ArrayRecordComponent") // sent, never compared
    record Message(byte[] content) implements Answer {}

    /** It is not taken. */
    static Answer refused(AcknowledgementCode code, Problem problem) {
        return new Code(code, problem);
    }
}
