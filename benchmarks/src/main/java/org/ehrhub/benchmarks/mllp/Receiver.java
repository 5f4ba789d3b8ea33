package org.ehrhub.benchmarks.mllp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.ehrhub.benchmarks.processes.ChildProcess;
import org.ehrhub.benchmarks.processes.PostgresServer;
import org.ehrhub.benchmarks.processes.Workplace;

/**
 * A server as a process of its own, with the flags of a hub's JVM.
 *
 * @param kind what it does
 * @param process the process
 * @param port where it listens
 */
record Receiver(Kind kind, ChildProcess process, int port) implements AutoCloseable {
    private static final long PATIENCE_NANOS = 120_000_000_000L;
    private static final long LONGEST_COMMAND_NANOS = 1_800_000_000_000L;
    private static final Pattern LISTENING = Pattern.compile("^listening (\\d+)$", Pattern.MULTILINE);

    /** What a server does with a message. */
    enum Kind {
        RAW("raw socket, a fixed answer"),
        PARSE_FREE("mllp-server, AA"),
        HAPI("HAPI: parse, AA"),
        DURABLE("mllp-server to journal, AA");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    static Receiver start(Kind kind, Workplace place) throws InterruptedException {
        return start(kind, place, List.of());
    }

    /** One that keeps messages in this database. */
    static Receiver durable(Workplace place, PostgresServer server) throws InterruptedException {
        var url = server.settings().url();
        return start(
                Kind.DURABLE,
                place,
                List.of(url, place.logs().resolve("journal-data").toString()));
    }

    private static Receiver start(Kind kind, Workplace place, List<String> more) throws InterruptedException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of(
                "-XX:+UseSerialGC",
                "-Xms64m",
                "-Xmx512m",
                "-XX:+UseCompactObjectHeaders",
                "-Dslf4j.internal.verbosity=ERROR",
                Servers.class.getName(),
                kind.name()));
        words.addAll(more);
        var variables = Map.of("CLASSPATH", System.getProperty("java.class.path"));
        var process = ChildProcess.start(
                new ChildProcess.Command("receiver", place.root(), words, variables), place.logs(), false);
        return new Receiver(kind, process, Integer.parseInt(said(process, LISTENING, PATIENCE_NANOS)));
    }

    private static String said(ChildProcess process, Pattern wanted, long patience) throws InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < patience) {
            process.mustRun();
            var found = wanted.matcher(process.log());
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(20);
        }
        process.close();
        throw new IllegalStateException("A server of the benchmark does not answer");
    }

    /** Has it keep so many messages more, and waits until it has. */
    void fill(int messages) throws IOException, InterruptedException {
        var out = process.process().getOutputStream();
        out.write((messages + "\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        said(process, Pattern.compile("^kept (" + messages + ")$", Pattern.MULTILINE), LONGEST_COMMAND_NANOS);
    }

    /** Connections to it. */
    List<Sender> connect(int count, String name) throws IOException {
        var senders = new ArrayList<Sender>();
        for (int i = 0; i < count; i++) {
            senders.add(new Sender(port, name + (char) ('A' + i / 26) + (char) ('A' + i % 26)));
        }
        return senders;
    }

    @Override
    public void close() {
        process.close();
    }
}
