package org.ehrhub.mllp.client;

import java.io.IOException;

/** Where a client's connections come from. */
interface Lines extends AutoCloseable {
    /** One that can be used, for whoever gives it back. */
    Line take() throws IOException;

    /** It is not used any more. */
    void giveBack(Line line);

    /** Shows the peer of one that is not used that it is still there. */
    void touch();

    /** The port where receivers may connect, or that of the receiver. */
    int port();

    /** Closes those that are not used; the others when they are given back. */
    @Override
    void close();
}
