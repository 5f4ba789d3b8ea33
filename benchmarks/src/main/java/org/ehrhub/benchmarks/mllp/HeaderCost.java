package org.ehrhub.benchmarks.mllp;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.ehrhub.benchmarks.Report;
import org.ehrhub.benchmarks.Target;
import org.ehrhub.benchmarks.statistics.Samples;
import org.ehrhub.mllp.framing.MessageHeader;

/** The processor time to read of a message what it is routed by: sender, receiver, type, control id, mode. */
record HeaderCost() {
    private static final int ROUNDS = 11;
    private static final int MESSAGES = 200_000;
    private static final double MOST_MICROS = 5.0;

    void report(Report report) {
        var message = new Admission("HEADER").message();
        var threads = ManagementFactory.getThreadMXBean();
        var rounds = new ArrayList<Double>();
        long read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            long before = threads.getCurrentThreadCpuTime();
            for (int i = 0; i < MESSAGES; i++) {
                read += routed(message);
            }
            rounds.add((threads.getCurrentThreadCpuTime() - before) / 1e3 / MESSAGES);
        }
        if (read == 0) {
            throw new IllegalStateException("Nothing was read");
        }
        double micros = Samples.of(rounds).median();
        report.figure("Header routing: %.2f µs of processor a message".formatted(micros));
        report.target(Target.atMost("header routing, processor time a message", micros, MOST_MICROS, "µs"));
    }

    private static int routed(byte[] message) {
        var header = MessageHeader.of(message).orElseThrow();
        var all = List.of(
                header.field(3),
                header.field(4),
                header.field(5),
                header.field(6),
                header.code(),
                header.trigger(),
                header.controlId(),
                header.component(12, 1));
        return all.stream().mapToInt(String::length).sum() + (header.isEnhanced() ? 1 : 0);
    }
}
