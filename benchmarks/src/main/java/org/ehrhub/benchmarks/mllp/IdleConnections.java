package org.ehrhub.benchmarks.mllp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.processes.Workplace;

/**
 * The memory of a server with many connections, each of which has sent a message and now says nothing.
 *
 * @param count how many
 */
record IdleConnections(int count) {
    private static final double MOST_MIB = 600.0;
    private static final int SPARE = 200;
    private static final Path STATUS = Path.of("/proc/self/status");

    void report(Workplace place, Report report) throws IOException, InterruptedException {
        if (!Files.isReadable(STATUS)) {
            report.text("The memory of idle connections is told on Linux only.");
            return;
        }
        long files = filesAllowed();
        if (files < count + SPARE) {
            report.text("%,d idle connections need as many open files, and this machine allows %,d (ulimit -n)."
                    .formatted(count, files));
            return;
        }
        try (var server = Receiver.start(Receiver.Kind.PARSE_FREE, place)) {
            double before = residentMib(server);
            var senders = new ArrayList<Sender>();
            for (int i = 0; i < count; i++) {
                var sender = new Sender(server.port(), "I" + i);
                senders.add(sender);
                sender.send();
            }
            double with = residentMib(server);
            report.figure("%,d idle connections: %.0f MiB resident, %.0f without any (%.1f KiB a connection)"
                    .formatted(count, with, before, (with - before) * 1024 / count));
            report.target(
                    Target.atMost("resident memory with %,d idle connections".formatted(count), with, MOST_MIB, "MiB"));
            for (var sender : senders) {
                sender.close();
            }
        }
    }

    private static long filesAllowed() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/limits"))) {
            return lines.filter(line -> line.startsWith("Max open files"))
                    .map(line -> line.split("\\s+", -1)[3])
                    .mapToLong(word -> word.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(word))
                    .findFirst()
                    .orElse(0);
        }
    }

    private static double residentMib(Receiver server) throws IOException {
        try (var lines =
                Files.lines(Path.of("/proc/" + server.process().process().pid() + "/status"))) {
            return lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                            .findFirst()
                            .orElseThrow()
                    / 1024.0;
        }
    }
}
