package org.ehrhub.benchmarks.mllp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.mllp.Receiver.Kind;
import org.ehrhub.benchmarks.processes.PostgresServer;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Samples;

/**
 * Messages received over MLLP by each server in turn, at 1, 16 and 64 connections, and what a long journal, an idle connection and
 * a header cost.
 *
 * @param windows how often each server is measured at each number of connections
 * @param window how long each time
 * @param stored how many messages a long journal holds
 * @param idle how many connections are idle at once
 */
public record Reception(int windows, Duration window, int stored, int idle) {
    private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
    private static final int MANY = 16;
    private static final double LEAST_OF_HAPI = 100.0;
    private static final double MOST_MILLIS_ABOVE_RAW = 0.5;
    private static final double MOST_OF_SHORT = 125.0;
    private static final double PERCENT = 100.0;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws IOException, InterruptedException {
        report.section("Messages over MLLP");
        report.text(
                "ADT^A01 of 1 KB, each with its own control id and one of 5,000 patients; a sender sends the next one after the"
                        + " answer to the last one, and checks MSA-2. Each server is a process of its own with the flags of a hub's JVM; they"
                        + " are measured in turn, and share the processors with the senders. HAPI parses into its typed model, without"
                        + " validation. The journal is a route from `mllp-server:` to `journal:` on PostgreSQL with fsync; its processor time is"
                        + " without that of PostgreSQL.");
        try (var database = PostgresServer.start();
                var raw = Receiver.start(Kind.RAW, place);
                var parseFree = Receiver.start(Kind.PARSE_FREE, place);
                var hapi = Receiver.start(Kind.HAPI, place);
                var durable = Receiver.durable(place, database)) {
            var all = List.of(raw, parseFree, hapi, durable);
            warmUp(all);
            compare(all, report);
            flat(durable, report);
        }
        new HeaderCost().report(report);
        new IdleConnections(idle).report(place, report);
    }

    private void warmUp(List<Receiver> receivers) throws IOException, InterruptedException {
        for (var receiver : receivers) {
            var senders = receiver.connect(MANY, "WARM");
            Volley.of(receiver, senders, window.multipliedBy(5));
            end(senders);
        }
    }

    private static void end(List<Sender> senders) throws IOException {
        for (var sender : senders) {
            sender.close();
        }
    }

    private void compare(List<Receiver> receivers, Report report) throws IOException, InterruptedException {
        for (int connections : CONNECTIONS) {
            var found = volleys(receivers, connections);
            report.table(
                    List.of(
                            connections + " connections",
                            "p50 ms",
                            "p99 ms",
                            "messages/s",
                            "of HAPI's",
                            "server CPU µs/message"),
                    receivers.stream().map(one -> row(one.kind(), found)).toList());
            targets(connections, found, report);
        }
    }

    /** Each server once a round, so that what disturbs the machine disturbs all. */
    private Map<Kind, List<Volley>> volleys(List<Receiver> receivers, int connections)
            throws IOException, InterruptedException {
        var found = new EnumMap<Kind, List<Volley>>(Kind.class);
        var senders = new EnumMap<Kind, List<Sender>>(Kind.class);
        for (var receiver : receivers) {
            senders.put(receiver.kind(), receiver.connect(connections, "S" + connections));
            found.put(receiver.kind(), new ArrayList<>());
            Volley.of(receiver, of(senders, receiver.kind()), window.multipliedBy(3));
        }
        for (int i = 0; i < windows; i++) {
            for (var receiver : receivers) {
                of(found, receiver.kind()).add(Volley.of(receiver, of(senders, receiver.kind()), window));
            }
        }
        for (var all : senders.values()) {
            end(all);
        }
        return found;
    }

    private static <T> T of(Map<Kind, T> all, Kind kind) {
        return Objects.requireNonNull(all.get(kind));
    }

    private static double median(List<Volley> volleys, ToDoubleFunction<Volley> figure) {
        return Samples.of(volleys.stream().mapToDouble(figure).toArray()).median();
    }

    private static List<String> row(Kind kind, Map<Kind, List<Volley>> found) {
        var own = of(found, kind);
        return List.of(
                kind.label(),
                "%.3f".formatted(median(own, one -> one.latencies().percentile(50))),
                "%.2f".formatted(median(own, one -> one.latencies().percentile(99))),
                "%.0f".formatted(median(own, Volley::perSecond)),
                "%.2f".formatted(ofHapi(kind, found) / PERCENT),
                "%.0f".formatted(median(own, Volley::cpuPerMessage)));
    }

    /** The median over all rounds, in percent. */
    private static double ofHapi(Kind kind, Map<Kind, List<Volley>> found) {
        var own = of(found, kind);
        var hapi = of(found, Kind.HAPI);
        var ratios = new double[own.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = PERCENT * own.get(i).perSecond() / hapi.get(i).perSecond();
        }
        return Samples.of(ratios).median();
    }

    private static void targets(int connections, Map<Kind, List<Volley>> found, Report report) {
        if (connections == 1) {
            report.target(Target.atMost(
                    "durable receive to AA, p50 above a raw socket, 1 connection",
                    median(of(found, Kind.DURABLE), one -> one.latencies().percentile(50))
                            - median(of(found, Kind.RAW), one -> one.latencies().percentile(50)),
                    MOST_MILLIS_ABOVE_RAW,
                    "ms"));
        } else {
            report.target(Target.atLeast(
                    "durable receive to AA at " + connections + " connections, of a HAPI server that parses",
                    ofHapi(Kind.DURABLE, found),
                    LEAST_OF_HAPI,
                    "%"));
        }
    }

    /** A window now, and one when the journal is long. */
    private void flat(Receiver durable, Report report) throws IOException, InterruptedException {
        var senders = durable.connect(MANY, "FLAT");
        var before = volleys(durable, senders);
        durable.fill(stored);
        var after = volleys(durable, senders);
        end(senders);
        double seconds = median(before, Volley::perSecond) / median(after, Volley::perSecond);
        report.figure(
                "%,d messages more in the journal: %.0f messages/s at %d connections, %.0f before; %.0f µs of processor a message, %.0f before"
                        .formatted(
                                stored,
                                median(after, Volley::perSecond),
                                MANY,
                                median(before, Volley::perSecond),
                                median(after, Volley::cpuPerMessage),
                                median(before, Volley::cpuPerMessage)));
        report.target(Target.atMost(
                "time of a durable message with %,d more stored, of the time before".formatted(stored),
                PERCENT * seconds,
                MOST_OF_SHORT,
                "%"));
    }

    private List<Volley> volleys(Receiver durable, List<Sender> senders) throws InterruptedException {
        var all = new ArrayList<Volley>();
        Volley.of(durable, senders, window);
        for (int i = 0; i < windows; i++) {
            all.add(Volley.of(durable, senders, window));
        }
        return all;
    }
}
