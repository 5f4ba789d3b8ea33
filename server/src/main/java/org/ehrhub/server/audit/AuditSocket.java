package org.ehrhub.server.audit;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.ehrhub.server.mcp.LocalSocket;
import org.ehrhub.store.BreakGlassReasons;
import org.ehrhub.store.audit.AuditSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers the {@code audit} command for the running hub, over a Unix domain socket of the data directory that its owner alone can
 * open: who can open it could read the store as well. A question is a line with the verb, a line {@code --name=value} for each option
 * and an empty line; the answer is its text, then the character 0 and a line: 0 all is well, 1 it is not, 2 with why it
 * could not be answered. One question is answered at a time, so that calls do not starve.
 */
public final class AuditSocket implements AutoCloseable {
    static final char END = '\0';
    private static final Logger LOG = LoggerFactory.getLogger(AuditSocket.class);
    private static final int MOST_OPTIONS = 20;

    private final Path socket;
    private final ServerSocketChannel listening;
    private final AuditSource source;
    private final BreakGlassReasons reasons;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private AuditSocket(Path socket, ServerSocketChannel listening, AuditSource source, BreakGlassReasons reasons) {
        this.socket = socket;
        this.listening = listening;
        this.source = source;
        this.reasons = reasons;
    }

    /**
     * Listens, for the hub that owns the data directory: what is at the path was left by one that ended.
     *
     * @throws UncheckedIOException when it cannot
     */
    public static AuditSocket open(Path socket, AuditSource source, BreakGlassReasons reasons) {
        try {
            var address = LocalSocket.address(socket);
            Files.deleteIfExists(socket);
            var channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            channel.bind(address);
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
            var server = new AuditSocket(socket, channel, source, reasons);
            Thread.ofVirtual().name("audit-socket").start(server::accept);
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("The hub cannot listen for the audit command", e);
        }
    }

    private void accept() {
        while (listening.isOpen()) {
            try {
                var client = listening.accept();
                open.add(client);
                Thread.ofPlatform().daemon().name("audit-client").start(() -> talk(client));
            } catch (IOException e) {
                if (listening.isOpen()) {
                    LOG.warn(
                            "An audit command could not connect ({})",
                            e.getClass().getSimpleName());
                }
            }
        }
    }

    private void talk(SocketChannel client) {
        try (client) {
            var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(client), StandardCharsets.UTF_8));
            var out = new PrintWriter(new BufferedWriter(
                    new OutputStreamWriter(Channels.newOutputStream(client), StandardCharsets.UTF_8)));
            out.print(END + answer(in, out) + "\n");
            out.flush();
        } catch (IOException e) {
            LOG.debug("An audit command went away ({})", e.getClass().getSimpleName());
        } finally {
            open.remove(client);
        }
    }

    private String answer(BufferedReader in, PrintWriter out) throws IOException {
        turn.lock();
        try {
            return question(in).answer(source, reasons, out) ? "0" : "1";
        } catch (IllegalArgumentException e) {
            return "2 " + e.getMessage();
        } catch (RuntimeException e) {
            LOG.warn("An audit command could not be answered ({})", e.getClass().getSimpleName());
            return "2 The audit trail could not be read; the hub's log says more";
        } finally {
            turn.unlock();
        }
    }

    private static AuditQuestion question(BufferedReader in) throws IOException {
        var verb = in.readLine();
        var options = new HashMap<String, String>();
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            var parts = line.split("=", 2);
            if (parts.length != 2 || options.size() == MOST_OPTIONS) {
                throw new IllegalArgumentException(
                        "The hub does not understand this command; is it of another version?");
            }
            options.put(parts[0], parts[1]);
        }
        return new AuditQuestion(verb == null ? "" : verb, options);
    }

    @Override
    public void close() throws IOException {
        listening.close();
        Files.deleteIfExists(socket);
        for (var client : open) {
            client.close();
        }
    }
}
