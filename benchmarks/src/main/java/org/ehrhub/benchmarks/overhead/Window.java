package org.ehrhub.benchmarks.overhead;

import org.ehrhub.benchmarks.statistics.Samples;

/**
 * Some seconds of one load.
 *
 * @param latencies of each call, in milliseconds
 * @param seconds how long it was
 * @param used the processor time used meanwhile
 */
record Window(Samples latencies, double seconds, ProcessorTime used) {
    double p50() {
        return latencies.percentile(50);
    }

    double p99() {
        return latencies.percentile(99);
    }

    double callsPerSecond() {
        return latencies.count() / seconds;
    }

    /** In microseconds of one processor. */
    double hubPerCall() {
        return perCall(used.hub());
    }

    /** In microseconds of one processor. */
    double compilersPerCall() {
        return perCall(used.compilers());
    }

    /** In microseconds of one processor. */
    double ehrPerCall() {
        return perCall(used.ehr());
    }

    /** In microseconds of one processor. */
    double clientPerCall() {
        return perCall(used.client());
    }

    private double perCall(double processorSeconds) {
        return processorSeconds * 1e6 / latencies.count();
    }
}
