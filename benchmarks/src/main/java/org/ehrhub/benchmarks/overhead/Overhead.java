package org.ehrhub.benchmarks.overhead;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.http.impl.client.CloseableHttpClient;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.ehr.DirectClient;
import org.ehrhub.benchmarks.ehr.Patients;
import org.ehrhub.benchmarks.processes.ChildProcess;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Ehr;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Pair;
import org.jspecify.annotations.Nullable;

/**
 * {@code patient.get} through the hub against the same read by HAPI's client from the EHR itself.
 *
 * @param pairs how many windows of each kind
 * @param window how long each is
 * @param warmUp how long the hub is loaded before anything is counted
 * @param hapiJpa the jar of the test EHR, to be measured as a second EHR
 */
public record Overhead(
        int pairs,
        Duration window,
        Duration warmUp,
        @Nullable Path hapiJpa) {
    private static final int MANY = 16;
    private static final int PATIENTS = 100;
    private static final double MOST_ADDED_MILLIS = 1.0;
    private static final double LEAST_PERCENT = 60;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws Exception {
        int port = Workplace.freePort();
        try (var http = Connections.pool(MANY);
                var toHub = Connections.pool(MANY);
                var sandbox = Ehr.sandbox(place);
                var jpa = hapiJpa == null ? null : Ehr.hapiJpa(place, hapiJpa)) {
            var addresses = new LinkedHashMap<String, String>();
            addresses.put("stmarys", sandbox.base().toString());
            if (jpa != null) {
                addresses.put("jpa", jpa.base().toString());
            }
            try (var hub = new Hub(place, true).start(place.withEhrs(addresses), port);
                    var sessions = Sessions.open(hub, port, toHub, MANY)) {
                introduce(report);
                sandbox(new Side(http, hub, sessions), sandbox, report);
                if (jpa != null) {
                    jpa(new Side(http, hub, sessions), sandbox, jpa, report);
                }
            }
        }
    }

    /** The processes and connections of both sides. */
    private record Side(CloseableHttpClient http, ChildProcess hub, Sessions sessions) {
        Comparison comparison(String name, Ehr ehr, List<String> patients, Duration window) {
            var load = new Load(
                    patients,
                    () -> ProcessorTime.now(hub, ehr.process()),
                    Thread.ofPlatform().factory());
            var direct = new DirectRead(DirectClient.of(ehr.base(), http));
            return new Comparison(load, direct, sessions.reading(name), window);
        }
    }

    private static void introduce(Report report) {
        report.section("Added latency and throughput of `patient.get`");
        report.text(
                "Direct: HAPI's generic client reads from the EHR over pooled connections. Hub: an MCP client on the same"
                        + " HTTP library (Apache HttpClient 4), one session a connection, parses the whole JSON of each answer. EHR, hub"
                        + " and client are processes of their own and share the processors. Every answer is checked for its patient.");
    }

    private void sandbox(Side side, Ehr sandbox, Report report) throws Exception {
        var patients = new Patients(DirectClient.of(sandbox.base(), side.http())).ids(PATIENTS);
        var comparison = side.comparison("stmarys", sandbox, patients, window);
        double first = comparison.oneCall();
        comparison.warmUp(warmUp);
        report.text("The first call after the start took %.1f s; a warm-up of %d s at the hub followed."
                .formatted(first, warmUp.multipliedBy(7).dividedBy(6).toSeconds()));
        var one = comparison.run(1, pairs);
        new WindowTable("Sandbox, 1 connection", one).in(report);
        report.target(
                Target.atMost("added p50 at 1 connection", added("sandbox", one, report), MOST_ADDED_MILLIS, "ms"));
        var many = comparison.run(MANY, pairs);
        new WindowTable("Sandbox, " + MANY + " connections", many).in(report);
        report.target(Target.atLeast(
                "throughput at " + MANY + " connections, of the direct client's",
                throughput("sandbox", many, report),
                LEAST_PERCENT,
                "%"));
    }

    /** The sandbox keeps its patients in memory; an EHR with a database shows what the hub costs in practice. */
    private void jpa(Side side, Ehr sandbox, Ehr jpa, Report report) throws Exception {
        var copied = new Patients(DirectClient.of(sandbox.base(), side.http())).read(PATIENTS);
        var patients = new Patients(DirectClient.of(jpa.base(), side.http())).create(copied);
        var comparison = side.comparison("jpa", jpa, patients, window);
        comparison.warmUp(warmUp.dividedBy(3));
        report.text("The same with HAPI FHIR JPA on an H2 database in memory as the EHR:");
        var one = comparison.run(1, pairs / 2);
        new WindowTable("HAPI JPA, 1 connection", one).in(report);
        added("HAPI JPA", one, report);
        var many = comparison.run(MANY, pairs / 2);
        new WindowTable("HAPI JPA, " + MANY + " connections", many).in(report);
        throughput("HAPI JPA", many, report);
    }

    private static double added(String ehr, List<Pair<Window>> measured, Report report) {
        double added = Pair.medianDifference(measured, Window::p50);
        report.figure("%s: added p50 at 1 connection %.2f ms (p50 %.1f times the direct one)"
                .formatted(ehr, added, Pair.medianRatio(measured, Window::p50)));
        return added;
    }

    private static double throughput(String ehr, List<Pair<Window>> measured, Report report) {
        double percent = Pair.medianRatio(measured, Window::callsPerSecond) * 100;
        report.figure("%s: throughput at %d connections %.0f %% of the direct client's".formatted(ehr, MANY, percent));
        return percent;
    }
}
