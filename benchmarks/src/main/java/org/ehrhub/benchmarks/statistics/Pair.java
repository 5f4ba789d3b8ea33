package org.ehrhub.benchmarks.statistics;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Two measurements made right after each other, so that what disturbs the machine disturbs both. Comparing inside pairs and
 * taking the median of the comparisons keeps slow drift and single disturbances out of the result.
 *
 * @param direct the baseline
 * @param hub what is compared with it
 */
public record Pair<T>(T direct, T hub) {
    /** The median over all pairs of how much more the hub has of a figure. */
    public static <T> double medianDifference(List<Pair<T>> pairs, ToDoubleFunction<T> figure) {
        return median(pairs, pair -> figure.applyAsDouble(pair.hub()) - figure.applyAsDouble(pair.direct()));
    }

    /** The median over all pairs of a figure of the hub as a multiple of the baseline's. */
    public static <T> double medianRatio(List<Pair<T>> pairs, ToDoubleFunction<T> figure) {
        return median(pairs, pair -> figure.applyAsDouble(pair.hub()) / figure.applyAsDouble(pair.direct()));
    }

    private static <T> double median(List<Pair<T>> pairs, ToDoubleFunction<Pair<T>> comparison) {
        return Samples.of(pairs.stream().mapToDouble(comparison).toArray()).median();
    }
}
