package org.ehrhub.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PairTest {
    /** The machine is slow for the second pair and less so for the third; medians of each side would compare 4 with 5. */
    private final List<Pair<Double>> drifting =
            List.of(new Pair<>(1.0, 3.0), new Pair<>(10.0, 5.0), new Pair<>(4.0, 8.0));

    @Test
    void comparesInsidePairsSoThatDriftDoesNotCount() {
        assertThat(Pair.medianDifference(drifting, Double::doubleValue)).isEqualTo(2.0);
        assertThat(Pair.medianRatio(drifting, Double::doubleValue)).isEqualTo(2.0);
    }

    @Test
    void letsOneDisturbedPairPass() {
        var disturbed = List.of(new Pair<>(1.0, 3.0), new Pair<>(1.0, 900.0), new Pair<>(1.0, 3.0));

        assertThat(Pair.medianDifference(disturbed, Double::doubleValue)).isEqualTo(2.0);
        assertThat(Pair.medianRatio(disturbed, Double::doubleValue)).isEqualTo(3.0);
    }
}
