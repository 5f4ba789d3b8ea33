package org.ehrhub.medplum.stub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Who is at the far end of an agent: an HL7 v2 receiver with its way to answer, and the messages that reached it. */
public final class Receiver {
    /** How it answers. */
    public enum Manner {
        /** AA. */
        ACCEPTS,
        /** AE. */
        ERRORS,
        /** AR. */
        REJECTS,
        /** CA at once, AA later. */
        COMMITS_FIRST,
        /** Takes the message and says nothing. */
        IS_SILENT,
        /** Takes the message and drops the connection. */
        DROPS,
        /** Acknowledges another message than the one it was sent. */
        ANSWERS_ANOTHER,
        /** Answers what is no HL7. */
        TALKS_NONSENSE,
        /** Does not listen. */
        REFUSES,
        /** Does not even answer the TCP connect. */
        IS_A_BLACK_HOLE
    }

    private final List<String> messages = new CopyOnWriteArrayList<>();
    private volatile Manner manner = Manner.ACCEPTS;

    /** One that accepts, until it is told otherwise. */
    public Receiver() {}

    /** Answers like this from now on. */
    public void will(Manner next) {
        manner = next;
    }

    /** The messages that reached it, in order. */
    public List<String> messages() {
        return List.copyOf(messages);
    }

    /** Whether a connection to it can be made. */
    public boolean listens() {
        return manner != Manner.REFUSES;
    }

    /** Sends it a message; what comes back that is an acknowledgement of it, if anything. */
    public Optional<String> send(String message, boolean applicationAck) {
        if (manner == Manner.IS_A_BLACK_HOLE) {
            return Optional.empty();
        }
        messages.add(message);
        var id = Hl7.controlId(message);
        return switch (manner) {
            case ACCEPTS -> Optional.of(Hl7.ack(message, "AA", id, "OK"));
            case ERRORS -> Optional.of(Hl7.ack(message, "AE", id, "Application Error"));
            case REJECTS -> Optional.of(Hl7.ack(message, "AR", id, "Application Reject"));
            case COMMITS_FIRST ->
                Optional.of(
                        applicationAck
                                ? Hl7.ack(message, "AA", id, "OK")
                                : Hl7.ack(message, "CA", id, "Commit Accept"));
            case IS_SILENT, DROPS, ANSWERS_ANOTHER, TALKS_NONSENSE, REFUSES, IS_A_BLACK_HOLE -> Optional.empty();
        };
    }
}
