package org.ehrhub.mllp.peers;

import java.io.IOException;
import java.util.List;

/** Somebody else's server. */
interface PeerReceiver extends AutoCloseable {
    int port();

    /** The control ids of what it received, in the order in which it took them. */
    List<String> received();

    @Override
    void close() throws IOException;
}
