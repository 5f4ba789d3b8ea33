package org.ehrhub.mllp.server;

/** Takes the messages that a server receives. */
@FunctionalInterface
public interface MessageReceiver {
    /**
     * Takes a message; called on the thread of its connection, which reads no other message meanwhile. What it throws is
     * answered with AE and 207, and none of it is told to the sender.
     */
    Answer receive(Received message);
}
