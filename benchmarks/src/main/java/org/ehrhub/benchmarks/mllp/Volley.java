package org.ehrhub.benchmarks.mllp;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ehrhub.benchmarks.statistics.Samples;

/**
 * A while of one load.
 *
 * @param latencies of each message, in milliseconds
 * @param seconds how long it was
 * @param cpu the processor time of the receiver meanwhile, in seconds
 */
record Volley(Samples latencies, double seconds, double cpu) {
    private static final int MOST = 2_000_000;

    /** Sends over so many connections at once. */
    static Volley of(Receiver receiver, List<Sender> senders, Duration length) throws InterruptedException {
        long began = System.nanoTime();
        var before = receiver.process().cpu();
        long end = began + length.toNanos();
        try (var threads =
                Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var all = new ArrayList<Future<double[]>>();
            for (var sender : senders) {
                all.add(threads.submit(() -> work(sender, end)));
            }
            var latencies = new ArrayList<double[]>();
            for (var one : all) {
                latencies.add(one.get());
            }
            double seconds = (System.nanoTime() - began) / 1e9;
            double cpu = receiver.process().cpu().minus(before).toNanos() / 1e9;
            return new Volley(
                    Samples.of(
                            latencies.stream().flatMapToDouble(Arrays::stream).toArray()),
                    seconds,
                    cpu);
        } catch (ExecutionException e) {
            throw new IllegalStateException("A message failed: " + e.getCause(), e.getCause());
        }
    }

    private static double[] work(Sender sender, long end) throws IOException {
        var latencies = new double[1024];
        int count = 0;
        for (long now = System.nanoTime(); now < end && count < MOST; ) {
            sender.send();
            long after = System.nanoTime();
            if (count == latencies.length) {
                latencies = Arrays.copyOf(latencies, 2 * count);
            }
            latencies[count++] = (after - now) / 1e6;
            now = after;
        }
        return Arrays.copyOf(latencies, count);
    }

    double perSecond() {
        return latencies.count() / seconds;
    }

    /** In microseconds of one processor. */
    double cpuPerMessage() {
        return cpu * 1e6 / latencies.count();
    }
}
