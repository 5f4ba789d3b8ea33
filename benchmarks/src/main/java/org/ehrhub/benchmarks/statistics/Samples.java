package org.ehrhub.benchmarks.statistics;

import java.util.Arrays;
import java.util.List;

/** Measured values in ascending order; at least one. */
public final class Samples {
    private final double[] ascending;

    private Samples(double[] ascending) {
        this.ascending = ascending;
    }

    /** Samples of these values, in any order. */
    public static Samples of(double... values) {
        if (values.length == 0) {
            throw new IllegalArgumentException("There are no samples of nothing");
        }
        var sorted = values.clone();
        Arrays.sort(sorted);
        return new Samples(sorted);
    }

    /** Samples of these values, in any order. */
    public static Samples of(List<Double> values) {
        return of(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    /** How many there are. */
    public int count() {
        return ascending.length;
    }

    /** The least value. */
    public double best() {
        return ascending[0];
    }

    /** The middle value, or the mean of the two in the middle. */
    public double median() {
        int middle = ascending.length / 2;
        return ascending.length % 2 == 1 ? ascending[middle] : (ascending[middle - 1] + ascending[middle]) / 2;
    }

    /** The value that {@code percent} of all do not exceed, by nearest rank: always one that was measured. */
    public double percentile(double percent) {
        if (percent <= 0 || percent > 100) {
            throw new IllegalArgumentException("A percentile lies above 0 and is at most 100");
        }
        int rank = (int) Math.ceil(percent / 100 * ascending.length);
        return ascending[Math.max(rank, 1) - 1];
    }
}
