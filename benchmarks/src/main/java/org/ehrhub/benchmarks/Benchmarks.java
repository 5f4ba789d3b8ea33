package org.ehrhub.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.ehrhub.benchmarks.Options.Part;
import org.ehrhub.benchmarks.ehr.MedplumServer;
import org.ehrhub.benchmarks.mllp.Reception;
import org.ehrhub.benchmarks.overhead.Governance;
import org.ehrhub.benchmarks.overhead.MedplumReads;
import org.ehrhub.benchmarks.overhead.Overhead;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.size.AnswerSizes;
import org.ehrhub.benchmarks.start.StartUp;
import org.ehrhub.benchmarks.trail.LongTrail;

/** Runs the benchmarks, from the root of a built checkout; {@code build/bench} builds it first. */
public final class Benchmarks {
    private static final Duration LONGEST = Duration.ofMinutes(70);

    private Benchmarks() {}

    /** Exits with 0 when everything was measured, whether or not a target was met, and with 1 when a call went wrong. */
    public static void main(String[] words) {
        var options = Options.of(List.of(words), MedplumServer.ofEnvironment().isPresent());
        Thread.ofPlatform().daemon().name("time-limit").start(Benchmarks::stopInTime);
        try {
            run(options);
            System.exit(0);
        } catch (Exception e) {
            System.err.println("The benchmark failed, so its figures count for nothing.");
            e.printStackTrace();
            System.exit(1);
        }
    }

    private static void run(Options options) throws Exception {
        var machine = Machine.here(options.loadBefore());
        System.out.println(machine + "\n");
        try (var place = Workplace.open()) {
            for (var part : options.parts()) {
                var report = new Report();
                run(part, options, place, report);
                if (report.hasTargets()) {
                    System.out.println(report.targets() + "\n");
                }
                keep(options, part, report.block(machine, options.command(part)));
            }
        }
    }

    private static void run(Part part, Options options, Workplace place, Report report) throws Exception {
        switch (part) {
            case OVERHEAD -> overhead(options).run(place, report);
            case GOVERNANCE -> governance(options).run(place, report);
            case START -> new StartUp(options.quick() ? 3 : 7).run(place, report);
            case SIZE -> new AnswerSizes().run(place, report);
            case MLLP -> reception(options).run(place, report);
            case TRAIL -> new LongTrail(options.quick() ? 100_000 : 1_000_000).run(place, report);
            case MEDPLUM -> medplum(options).run(place, report);
        }
    }

    private static Overhead overhead(Options options) {
        return options.quick()
                ? new Overhead(4, Duration.ofSeconds(1), Duration.ofSeconds(25), null)
                : new Overhead(8, Duration.ofSeconds(2), Duration.ofSeconds(60), options.hapiJpa());
    }

    private static Governance governance(Options options) {
        return options.quick()
                ? new Governance(4, Duration.ofSeconds(1), Duration.ofSeconds(15))
                : new Governance(8, Duration.ofSeconds(2), Duration.ofSeconds(40));
    }

    private static Reception reception(Options options) {
        return options.quick()
                ? new Reception(3, Duration.ofSeconds(1), 20_000, 1_000)
                : new Reception(7, Duration.ofSeconds(3), 1_000_000, 10_000);
    }

    private static MedplumReads medplum(Options options) {
        var medplum = MedplumServer.ofEnvironment()
                .orElseThrow(() -> new IllegalStateException(
                        "Set MEDPLUM_BASE_URL, MEDPLUM_CLIENT_ID and MEDPLUM_CLIENT_SECRET to measure a live Medplum"));
        return options.quick()
                ? new MedplumReads(medplum, 4, Duration.ofSeconds(1), Duration.ofSeconds(15))
                : new MedplumReads(medplum, 10, Duration.ofSeconds(3), Duration.ofSeconds(45));
    }

    private static void keep(Options options, Part part, String found) throws IOException {
        if (options.quick()) {
            System.out.println("Only a run that is not quick is written to " + options.results() + "\n");
            return;
        }
        var results = Results.in(options.results()).with(part, found);
        Files.writeString(options.results(), results.toString());
        System.out.println("Written to " + options.results() + "\n");
    }

    private static void stopInTime() {
        try {
            Thread.sleep(LONGEST);
        } catch (InterruptedException e) {
            return;
        }
        System.err.println("The benchmark is stopped: it ran longer than " + LONGEST.toMinutes() + " minutes.");
        System.exit(1);
    }
}
