package org.ehrhub.benchmarks.trail;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Entry;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.store.Database;
import org.ehrhub.store.StoreSettings;
import org.ehrhub.store.audit.AuditPlace;
import org.ehrhub.store.audit.ChainedTrail;

/** Keeps records of reads as a busy hub does: many callers at once, each waiting until its record is on the disk. */
final class Filling {
    static final String PATIENT = "stmarys/Patient/p77";
    private static final int PATIENTS = 5000;

    private Filling() {}

    /**
     * Keeps so many records.
     *
     * @return how many seconds it took
     */
    static double of(StoreSettings settings, Path dataDirectory, int records, int callers) throws InterruptedException {
        var clock = Clock.systemUTC();
        long started = System.nanoTime();
        try (var database = Database.open(settings);
                var trail = new ChainedTrail(database, AuditPlace.in(dataDirectory), clock);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var next = new AtomicInteger();
            var work = IntStream.range(0, callers)
                    .<Callable<Void>>mapToObj(caller -> () -> {
                        for (int i = next.getAndIncrement(); i < records; i = next.getAndIncrement()) {
                            trail.keep(entry(i, clock));
                        }
                        return null;
                    })
                    .collect(Collectors.toList());
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("A record could not be kept", e);
        }
        return (System.nanoTime() - started) / 1e9;
    }

    private static Entry entry(int number, Clock clock) {
        var list = number % 3 == 0;
        var more = list
                ? " stmarys/Observation/" + new UUID(number, 1) + " stmarys/Observation/" + new UUID(number, 2)
                : "";
        return new Entry(
                clock.instant(),
                new UUID(0, number).toString(),
                Stage.READ,
                "https://login.example|user-" + number % 200,
                list ? "lab.list" : "patient.get",
                List.of("stmarys"),
                "stmarys/Patient/p" + number % PATIENTS + more,
                "stmarys=ok",
                new Circumstances(
                        null,
                        "assistant",
                        "TREAT",
                        "allowed",
                        "policy.yaml:12",
                        null,
                        "GET 200 version 3",
                        Duration.ofNanos(1_000_000L + number),
                        "4bf92f3577b34da6a3ce929d0e0e4736"));
    }

    /** How many records are about {@link #PATIENT}. */
    static int about(int records) {
        return (records + PATIENTS - 78) / PATIENTS;
    }
}
