package org.ehrhub.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {
    private final Samples hundred =
            Samples.of(IntStream.rangeClosed(1, 100).mapToDouble(i -> 101 - i).toArray());

    @Test
    void takesPercentilesByNearestRank() {
        assertThat(hundred.percentile(50)).isEqualTo(50);
        assertThat(hundred.percentile(99)).isEqualTo(99);
        assertThat(hundred.percentile(99.5)).isEqualTo(100);
        assertThat(hundred.percentile(100)).isEqualTo(100);
        assertThat(Samples.of(7).percentile(0.1)).isEqualTo(7);
    }

    @Test
    void takesTheMiddleAsMedianAndTheLeastAsBest() {
        assertThat(hundred.median()).isEqualTo(50.5);
        assertThat(Samples.of(9, 1, 5).median()).isEqualTo(5);
        assertThat(Samples.of(9, 1, 5).best()).isEqualTo(1);
    }

    @Test
    void refusesPercentilesThatDoNotExist() {
        assertThatThrownBy(() -> hundred.percentile(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> hundred.percentile(101)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(Samples::of).isInstanceOf(IllegalArgumentException.class);
    }
}
