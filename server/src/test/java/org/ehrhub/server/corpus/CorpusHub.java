package org.ehrhub.server.corpus;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ehrhub.adapters.journal.JournalQuery;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.channels.MessageDesk;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.tools.Caller;

/** A hub with so many channels, each from a port of its own to a receiver that keeps what it gets. */
final class CorpusHub implements AutoCloseable {
    private static final Caller PERSON = new Caller("os:corpus", Set.of());

    private final List<Integer> ports = new ArrayList<>();
    private final List<CorpusReceiver> receivers = new ArrayList<>();
    private final StartingHub hub;

    CorpusHub(Path folder, int channels) throws IOException {
        var text = new StringBuilder("data-dir: data\nchannels:\n");
        for (int i = 0; i < channels; i++) {
            receivers.add(CorpusReceiver.start());
            ports.add(freePort());
            text.append("  c").append(i).append(": {receive: {port: ").append(ports.get(i));
            text.append("}, deliver: {host: 127.0.0.1, port: ")
                    .append(receivers.get(i).port())
                    .append(", answer-limit: 5s, attempts: 3}}\n");
        }
        var configuration = Configuration.load(Files.writeString(folder.resolve("ehr-hub.yaml"), text));
        hub = StartingHub.of(
                configuration,
                DataDirectory.own(configuration.settings().dataDir()).orElseThrow());
        hub.await();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    int port(int channel) {
        return ports.get(channel);
    }

    /** What the journal has of a channel, in the order in which it came. */
    List<byte[]> kept(int channel, int most) {
        var query = new JournalQuery("c" + channel, Set.of(), Set.of(), null, null, List.of(), most);
        return desk().search(PERSON, query).reversed().stream()
                .map(entry -> desk().content(PERSON, entry, false).orElseGet(() -> new byte[0]))
                .toList();
    }

    /** What the receiver of a channel got until so many messages had come, or none came for a while. */
    List<byte[]> received(int channel, int expected) throws InterruptedException {
        var all = new ArrayList<byte[]>();
        var next = receivers.get(channel).received().poll(10, TimeUnit.SECONDS);
        while (next != null) {
            all.add(next);
            next = receivers.get(channel).received().poll(all.size() < expected ? 10_000 : 50, TimeUnit.MILLISECONDS);
        }
        return all;
    }

    private MessageDesk desk() {
        return hub.await().messages().orElseThrow();
    }

    @Override
    public void close() throws IOException {
        hub.close();
        for (var receiver : receivers) {
            receiver.close();
        }
    }
}
