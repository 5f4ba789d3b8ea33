package org.ehrhub.benchmarks.overhead;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.ehr.DirectClient;
import org.ehrhub.benchmarks.ehr.Patients;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Ehr;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.PostgresServer;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Pair;
import org.ehrhub.benchmarks.statistics.Samples;
import org.ehrhub.server.ConnectedEhrs;
import org.ehrhub.server.config.Configuration;

/**
 * What governance costs a read. The adapter is called alone and by the whole chain of a call, both in this process; then a hub
 * is asked over HTTP for as many audited reads as it can make.
 *
 * @param pairs how many windows of each kind
 * @param window how long each is
 * @param warmUp how long each way is loaded before anything is counted
 */
public record Governance(int pairs, Duration window, Duration warmUp) {
    private static final int MANY = 16;
    private static final int PATIENTS = 100;
    private static final double MOST_ADDED_MILLIS = 1.0;
    private static final double LEAST_READS = 1000;
    private static final String EHR = "stmarys";

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws Exception {
        try (var sandbox = Ehr.sandbox(place);
                var http = Connections.pool(MANY);
                var postgres = PostgresServer.start()) {
            var patients = new Patients(DirectClient.of(sandbox.base(), http)).ids(PATIENTS);
            Supplier<ProcessorTime> time = () -> ProcessorTime.now(sandbox.process(), sandbox.process());
            // In this process a call is made as the hub's server makes it, on a virtual thread.
            var within = new Load(patients, time, Thread.ofVirtual().factory());
            var load = new Load(patients, time, Thread.ofPlatform().factory());
            report.section("What governance adds to a read");
            report.text(
                    "`patient.get` by the adapter alone, and by the whole chain of a call around it: schema, policy, limits,"
                            + " fields, answer and audit record. Both run in the process that measures, at one caller; the EHR is a process of"
                            + " its own. The bare disk: the adapter alone, and 600 bytes written to a file and synced, which no durable"
                            + " record can be had without.");
            var configuration = Configuration.load(place.withEhrs(addresses(sandbox)));
            try (var ehrs = ConnectedEhrs.open(configuration.settings(), Clock.systemUTC());
                    var chains = Chains.of(configuration, ehrs.registry(), postgres);
                    var disk = new SyncedRead(alone(ehrs), configuration.file().resolveSibling("synced"))) {
                added(within, alone(ehrs), ways(chains, disk), report);
            }
            var file = new Audited("H2", place.withEhrs(addresses(sandbox)));
            var server = new Audited("PostgreSQL", place.withEhrs(addresses(sandbox), postgres.configuration()));
            readsASecond(place, file, load, report);
            readsASecond(place, server, load, report);
        }
    }

    private static Map<String, String> addresses(Ehr sandbox) {
        return Map.of(EHR, sandbox.base().toString());
    }

    private static PatientRead alone(ConnectedEhrs ehrs) {
        return new AdapterRead(ehrs.registry().find(EHR).orElseThrow());
    }

    /**
     * One thing that is added to a read.
     *
     * @param wanted whether it must not take long
     */
    private record Way(String name, boolean wanted, PatientRead read) {}

    private static List<Way> ways(Chains chains, SyncedRead disk) {
        return Stream.concat(
                        Stream.of(new Way("the bare disk", false, disk)),
                        chains.all().stream()
                                .map(chain ->
                                        new Way(chain.name(), chain.durable(), new ChainRead(chain.tools(), EHR))))
                .toList();
    }

    private void added(Load load, PatientRead alone, List<Way> ways, Report report) throws InterruptedException {
        var rows = new ArrayList<List<String>>();
        for (var way : ways) {
            var comparison = new Comparison(load, alone, List.of(way.read()), window);
            comparison.warmUp(warmUp);
            var measured = comparison.run(1, pairs);
            var added = Pair.medianDifference(measured, Window::p50);
            rows.add(List.of(
                    way.name(),
                    "%.2f".formatted(median(measured.stream().map(Pair::direct).toList())),
                    "%.2f".formatted(median(measured.stream().map(Pair::hub).toList())),
                    "%.2f".formatted(added),
                    "%.2f".formatted(Pair.medianDifference(measured, Window::p99))));
            if (way.wanted()) {
                report.target(
                        Target.atMost("governance adds to a read, p50, " + way.name(), added, MOST_ADDED_MILLIS, "ms"));
            }
        }
        report.table(List.of("audit record", "adapter p50 ms", "with it p50 ms", "added p50 ms", "added p99 ms"), rows);
    }

    private static double median(List<Window> windows) {
        return Samples.of(windows.stream().mapToDouble(Window::p50).toArray()).median();
    }

    private record Audited(String name, Path configuration) {}

    /** The hub as people start it, with its own clients' work on the same processors. */
    private void readsASecond(Workplace place, Audited way, Load load, Report report) throws Exception {
        int port = Workplace.freePort();
        try (var toHub = Connections.pool(MANY);
                var hub = new Hub(place, true).start(way.configuration(), port);
                var sessions = Sessions.open(hub, port, toHub, MANY)) {
            var reads = sessions.reading(EHR);
            load.run(reads, warmUp.multipliedBy(3));
            var windows = new ArrayList<Double>();
            for (int i = 0; i < pairs; i++) {
                windows.add(load.run(reads, window).callsPerSecond());
            }
            double perSecond = Samples.of(windows).median();
            report.figure("%s: %.0f audited reads a second at %d connections over HTTP"
                    .formatted(way.name(), perSecond, MANY));
            report.target(Target.atLeast(
                    "audited reads a second at " + MANY + " connections, " + way.name(), perSecond, LEAST_READS, ""));
        }
    }
}
