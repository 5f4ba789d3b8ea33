package org.ehrhub.benchmarks.overhead;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.ehrhub.benchmarks.statistics.Samples;

/**
 * Makes each connection call as fast as it gets answers, one call after the other.
 *
 * @param patients the ids that are read, in turn
 * @param processorTime tells what was used until now
 * @param threads makes the thread of each connection
 */
record Load(List<String> patients, Supplier<ProcessorTime> processorTime, ThreadFactory threads) {
    /** Not counted, so that a window does not begin with threads that start. */
    private static final long RUN_UP_NANOS = Duration.ofMillis(200).toNanos();

    /**
     * Loads for a while.
     *
     * @throws IllegalStateException when a call failed or its answer was wrong: then no figure is worth anything
     */
    Window run(List<PatientRead> connections, Duration length) throws InterruptedException {
        long countFrom = System.nanoTime() + RUN_UP_NANOS;
        long end = countFrom + length.toNanos();
        try (var workers = Executors.newThreadPerTaskExecutor(threads)) {
            var all = new ArrayList<Future<List<Double>>>();
            for (int i = 0; i < connections.size(); i++) {
                var connection = connections.get(i);
                int first = i * patients.size() / connections.size();
                all.add(workers.submit(() -> work(connection, first, countFrom, end)));
            }
            sleepUntil(countFrom);
            var before = processorTime.get();
            sleepUntil(end);
            var used = processorTime.get().minus(before);
            var latencies = new ArrayList<Double>();
            for (var worker : all) {
                latencies.addAll(worker.get());
            }
            return new Window(Samples.of(latencies), length.toNanos() / 1e9, used);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A call failed: " + e.getCause(), e.getCause());
        }
    }

    private List<Double> work(PatientRead connection, int first, long countFrom, long end) throws Exception {
        var latencies = new ArrayList<Double>();
        int turn = first;
        for (long now = System.nanoTime(); now < end; turn++) {
            connection.read(patients.get(turn % patients.size()));
            long after = System.nanoTime();
            if (now >= countFrom && after <= end) {
                latencies.add((after - now) / 1e6);
            }
            now = after;
        }
        return latencies;
    }

    private static void sleepUntil(long nanoTime) throws InterruptedException {
        Thread.sleep(Duration.ofNanos(Math.max(0, nanoTime - System.nanoTime())));
    }
}
