package org.ehrhub.testkit.faults;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** An HTTP port on loopback that can be shut, so that nobody can connect, and opened again at the same number. */
final class Door implements AutoCloseable {
    static {
        // Without it each answer waits for the acknowledgement of its head: 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpHandler handler;
    private final int port;
    private @Nullable HttpServer server;

    Door(HttpHandler handler) {
        this.handler = handler;
        server = listen(0, handler);
        port = server.getAddress().getPort();
    }

    int port() {
        return port;
    }

    synchronized void shut() {
        if (server != null) {
            server.stop(0);
            server = null;
        }
    }

    synchronized void open() {
        if (server == null) {
            server = listen(port, handler);
        }
    }

    @Override
    public void close() {
        shut();
    }

    private static HttpServer listen(int port, HttpHandler handler) {
        try {
            var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", handler);
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
