package org.ehrhub.mllp.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;

/** Ports for peers that cannot be told to take any that is free. */
final class Ports {
    private Ports() {}

    static int free() {
        try (var listening = new ServerSocket(0)) {
            return listening.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
