package org.ehrhub.benchmarks.trail;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.processes.ChildProcess;
import org.ehrhub.benchmarks.processes.PostgresServer;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.store.OwnerFile;
import org.ehrhub.store.StoreSettings;

/**
 * {@code ehr-hub audit verify} and {@code audit search} of a long trail, on H2 and on PostgreSQL, each a process of its own that
 * starts cold.
 *
 * @param records how many records the trail has
 */
public record LongTrail(int records) {
    private static final double MOST_SECONDS_OF_A_MILLION = 10.0;
    private static final int CALLERS = 512;

    private record Case(String name, StoreSettings settings, Path configuration) {
        Path data() {
            return Objects.requireNonNull(configuration.getParent()).resolve("data");
        }
    }

    /** Measures and reports. */
    public void run(Workplace place, Report report) throws IOException, InterruptedException {
        var rows = new ArrayList<List<String>>();
        var file = place.withStore("");
        measure(place, new Case("H2", StoreSettings.in(data(file)), file), rows, report);
        try (var server = PostgresServer.start()) {
            var shared = place.withStore(server.configuration());
            data(shared);
            measure(place, new Case("PostgreSQL", server.settings(), shared), rows, report);
        }
        report.section("Proof and search of a long audit trail");
        report.text(
                "%,d records, kept by %d callers at once, each waiting for the disk; then `ehr-hub audit verify` and"
                                .formatted(records, CALLERS)
                        + " `audit search --patient`, each a process that starts cold; seconds of the whole process."
                        + " PostgreSQL's own processor time is not in the CPU column.");
        report.table(List.of("store", "kept/s", "verify s", "verify CPU s", "search s", "search CPU s"), rows);
    }

    private static Path data(Path configuration) throws IOException {
        var folder = Objects.requireNonNull(configuration.getParent()).resolve("data");
        OwnerFile.folder(folder);
        return folder;
    }

    private void measure(Workplace place, Case one, List<List<String>> rows, Report report)
            throws IOException, InterruptedException {
        double filled = Filling.of(one.settings(), one.data(), records, CALLERS);
        var proof = audit(place, one, "verify");
        if (!proof.said().contains(records + " records") || !proof.said().contains("as it was kept")) {
            throw new IllegalStateException("The trail was not proved: " + proof.said());
        }
        var search = audit(place, one, "search", "--patient", Filling.PATIENT);
        if (search.said().lines().count() != Filling.about(records)) {
            throw new IllegalStateException("The search found another number of records");
        }
        rows.add(List.of(
                one.name(),
                "%.0f".formatted(records / filled),
                "%.1f".formatted(proof.seconds()),
                "%.1f".formatted(proof.cpu()),
                "%.1f".formatted(search.seconds()),
                "%.1f".formatted(search.cpu())));
        report.target(Target.atMost(
                "audit verify of %,d records, %s".formatted(records, one.name()),
                proof.seconds(),
                MOST_SECONDS_OF_A_MILLION * records / 1e6,
                "s"));
    }

    private record Done(double seconds, double cpu, String said) {}

    private static Done audit(Workplace place, Case one, String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of(place.root().resolve("ehr-hub").toString(), "audit"));
        words.addAll(List.of(more));
        words.addAll(List.of("--config", one.configuration().toString()));
        var command = new ChildProcess.Command("audit", place.root(), words, PostgresServer.environment());
        try (var child = ChildProcess.start(command, place.logs(), false)) {
            double cpu = 0;
            while (!child.process().waitFor(50, TimeUnit.MILLISECONDS)) {
                cpu = Math.max(cpu, child.cpu().toNanos() / 1e9);
            }
            double seconds = (System.nanoTime() - child.startedNanos()) / 1e9;
            if (child.process().exitValue() != 0) {
                throw new IllegalStateException("The audit command failed: " + child.log());
            }
            return new Done(seconds, cpu, child.log());
        }
    }
}
