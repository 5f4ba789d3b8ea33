package org.ehrhub.mllp.peers;

import java.io.IOException;

/** Somebody else's client. */
interface PeerSender extends AutoCloseable {
    /** Sends a message; gives what the client took for its answer, such as {@code AA 1}. */
    String send(String message) throws Exception;

    @Override
    void close() throws IOException;
}
