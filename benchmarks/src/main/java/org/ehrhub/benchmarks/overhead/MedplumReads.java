package org.ehrhub.benchmarks.overhead;

import java.time.Duration;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.ehr.MedplumServer;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Pair;

/**
 * {@code patient.get} through the hub from a live Medplum against the same read by HAPI's client from Medplum itself.
 *
 * @param medplum the server
 * @param pairs how many windows of each kind
 * @param window how long each is
 * @param warmUp how long the hub is loaded before anything is counted
 */
public record MedplumReads(MedplumServer medplum, int pairs, Duration window, Duration warmUp) {
    private static final String EHR = "medplum";
    private static final int PATIENTS = 20;
    private static final double MOST = 1.3;

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws Exception {
        int port = Workplace.freePort();
        try (var http = Connections.pool(1);
                var toHub = Connections.pool(1)) {
            var client = medplum.client(http);
            var patients = MedplumServer.create(client, PATIENTS);
            var settings = place.withMedplum(EHR, medplum);
            try (var hub = new Hub(place, true).start(settings, port);
                    var sessions = Sessions.open(hub, port, toHub, 1)) {
                var load = new Load(
                        patients,
                        () -> ProcessorTime.now(hub),
                        Thread.ofPlatform().factory());
                compare(new Comparison(load, new DirectRead(client), sessions.reading(EHR), window), report);
            } finally {
                MedplumServer.delete(client, patients);
            }
        }
    }

    private void compare(Comparison comparison, Report report) throws Exception {
        report.section("Reads of a live Medplum");
        report.text(
                "`patient.get` through the hub, and the direct REST read of the same patients by HAPI's client, each over one"
                        + " connection that is kept, with one token. Medplum runs where it runs: what it uses stands among the other processes.");
        comparison.oneCall();
        comparison.warmUp(warmUp);
        var measured = comparison.run(1, pairs);
        new WindowTable("Medplum, 1 connection", measured).in(report);
        double ratio = Pair.medianRatio(measured, Window::p50);
        report.figure("Medplum: p50 through the hub %.2f times the direct read's, %.2f ms more"
                .formatted(ratio, Pair.medianDifference(measured, Window::p50)));
        report.target(Target.atMost("p50 of a Medplum read, of the direct read's", ratio, MOST, "×"));
    }
}
