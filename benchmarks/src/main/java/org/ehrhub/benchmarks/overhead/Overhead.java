package org.ehrhub.benchmarks.overhead;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.http.impl.client.CloseableHttpClient;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.ehr.DirectClient;
import org.ehrhub.benchmarks.ehr.Patients;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Ehr;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Pair;
import org.ehrhub.benchmarks.statistics.Samples;

/**
 * {@code patient.get} through the hub against the same read by HAPI's client from the EHR itself, in alternating windows.
 *
 * @param pairs how many windows of each kind
 * @param window how long each is
 * @param warmUp how long the hub is loaded before anything is counted; its JIT compilers have most to do
 */
public record Overhead(int pairs, Duration window, Duration warmUp) {
    private static final int MANY = 16;
    private static final int PATIENTS = 100;
    private static final double MOST_ADDED_MILLIS = 1.0;
    private static final double LEAST_THROUGHPUT = 0.60;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws Exception {
        int port = Workplace.freePort();
        try (var ehr = Ehr.start(place);
                var hub = new Hub(place, true).start(place.withEhr(ehr.base()), port);
                var http = Connections.pool(MANY);
                var toHub = Connections.pool(MANY)) {
            Hub.awaitPort(hub, port);
            var direct = DirectClient.of(ehr.base(), http);
            var patients = new Patients(direct).ids(PATIENTS);
            var load = new Load(patients, () -> ProcessorTime.now(hub, ehr.process()));
            var sessions = sessions(toHub, port);
            var firstCall = firstCall(sessions.getFirst(), patients.getFirst());
            warmUp(load, direct, sessions);
            report.section("Added latency and throughput of `patient.get`");
            report.text(
                    "Direct: HAPI's generic client reads from the EHR (the sandbox, a process of its own) over pooled"
                            + " connections. Hub: an MCP client on the same HTTP library (Apache HttpClient 4), one session a"
                            + " connection, parses the whole JSON of each answer. Every answer is checked for its patient.");
            report.text("The first call after the start took %.1f s; a warm-up of %d s at the hub followed."
                    .formatted(firstCall, warmUp.multipliedBy(7).dividedBy(6).toSeconds()));
            one(measure(load, direct, sessions.subList(0, 1)), report);
            many(measure(load, direct, sessions), report);
            for (var session : sessions) {
                session.close();
            }
        }
    }

    private static List<PatientRead> sessions(CloseableHttpClient http, int port) throws Exception {
        var sessions = new ArrayList<PatientRead>();
        for (int i = 0; i < MANY; i++) {
            sessions.add(new HubRead(new HttpMcpClient(http, Hub.mcp(port))));
        }
        return sessions;
    }

    /** In seconds. Before the warm-up, because many connections at once would only wait for the same classes to load. */
    private static double firstCall(PatientRead session, String patient) throws Exception {
        long before = System.nanoTime();
        session.read(patient);
        return (System.nanoTime() - before) / 1e9;
    }

    private void warmUp(Load load, IGenericClient direct, List<PatientRead> sessions) throws InterruptedException {
        load.run(same(direct, MANY), warmUp.dividedBy(3));
        load.run(sessions, warmUp);
        load.run(same(direct, 1), warmUp.dividedBy(6));
        load.run(sessions.subList(0, 1), warmUp.dividedBy(6));
    }

    private static List<PatientRead> same(IGenericClient client, int connections) {
        return Collections.nCopies(connections, new DirectRead(client));
    }

    /** The order alternates, so that neither side always comes second. */
    private List<Pair<Window>> measure(Load load, IGenericClient client, List<PatientRead> sessions)
            throws InterruptedException {
        var direct = same(client, sessions.size());
        var measured = new ArrayList<Pair<Window>>();
        for (int i = 0; i < pairs; i++) {
            if (i % 2 == 0) {
                var first = load.run(direct, window);
                measured.add(new Pair<>(first, load.run(sessions, window)));
            } else {
                var first = load.run(sessions, window);
                measured.add(new Pair<>(load.run(direct, window), first));
            }
        }
        return measured;
    }

    private void one(List<Pair<Window>> measured, Report report) {
        table("One connection", measured, report);
        double added = Pair.medianDifference(measured, Window::p50);
        report.figure("added p50 at 1 connection: %.2f ms (p50 %.2f times the direct one)"
                .formatted(added, Pair.medianRatio(measured, Window::p50)));
        report.target(Target.atMost("added p50 at 1 connection", added, MOST_ADDED_MILLIS, "ms"));
    }

    private void many(List<Pair<Window>> measured, Report report) {
        table(MANY + " connections", measured, report);
        double throughput = Pair.medianRatio(measured, Window::callsPerSecond);
        report.figure("throughput at %d connections: %.0f %% of the direct client's".formatted(MANY, throughput * 100));
        report.target(Target.atLeast(
                "throughput at " + MANY + " connections, of the direct client's",
                throughput * 100,
                LEAST_THROUGHPUT * 100,
                "%"));
    }

    private void table(String title, List<Pair<Window>> measured, Report report) {
        var direct = measured.stream().map(Pair::direct).toList();
        var hub = measured.stream().map(Pair::hub).toList();
        report.table(
                List.of(title, "p50 ms", "p99 ms", "calls/s", "CPU µs/call: hub", "of it JIT", "EHR", "client"),
                List.of(row("direct", direct), row("hub", hub)));
        report.text("Medians of %d windows of %s s each. Other processes used %.0f %% of the machine meanwhile."
                .formatted(pairs, window.toMillis() / 1000.0, othersPercent(measured)));
    }

    private static List<String> row(String name, List<Window> windows) {
        return List.of(
                name,
                "%.2f".formatted(median(windows, Window::p50)),
                "%.2f".formatted(median(windows, Window::p99)),
                "%.0f".formatted(median(windows, Window::callsPerSecond)),
                "%.0f".formatted(median(windows, Window::hubPerCall)),
                "%.0f".formatted(median(windows, Window::compilersPerCall)),
                "%.0f".formatted(median(windows, Window::ehrPerCall)),
                "%.0f".formatted(median(windows, Window::clientPerCall)));
    }

    private static double median(List<Window> windows, ToDoubleFunction<Window> figure) {
        return Samples.of(windows.stream().mapToDouble(figure).toArray()).median();
    }

    private static double othersPercent(List<Pair<Window>> measured) {
        int processors = Runtime.getRuntime().availableProcessors();
        return measured.stream()
                        .flatMap(pair -> Stream.of(pair.direct(), pair.hub()))
                        .mapToDouble(one -> one.used().others() / one.seconds() / processors)
                        .average()
                        .orElse(0)
                * 100;
    }
}
