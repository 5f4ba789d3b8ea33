package org.ehrhub.routes.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.ehrhub.routes.fakes.FakeClock;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final FakeClock clock = new FakeClock();

    @Test
    void letsAsManyGoOnInASecondAsItSaysAndAgainInTheNext() {
        var pace = new Pace(5, clock);

        assertThat(allowed(pace, "ann", 20)).isEqualTo(5);
        clock.advance(Duration.ofMillis(900));
        assertThat(pace.take("ann")).isFalse();
        clock.advance(Duration.ofMillis(100));
        assertThat(allowed(pace, "ann", 20)).isEqualTo(5);
    }

    @Test
    void aNoisyCallerLeavesOthersTheirShareFromTheSecondThatTheyCome() {
        var pace = new Pace(8, clock);
        assertThat(allowed(pace, "noisy", 100)).as("alone").isEqualTo(8);
        assertThat(pace.take("ann")).as("she came late").isFalse();

        for (int second = 0; second < 10; second++) {
            clock.advance(Duration.ofSeconds(1));
            assertThat(allowed(pace, "noisy", 100)).isEqualTo(4);
            assertThat(allowed(pace, "ann", 2)).as("second %d", second).isEqualTo(2);
        }
    }

    @Test
    void setsNoLimitWhereThereIsNone() {
        assertThat(allowed(new Pace(0, clock), "ann", 1000)).isEqualTo(1000);
    }

    private static long allowed(Pace pace, String who, int tries) {
        return IntStream.range(0, tries).filter(i -> pace.take(who)).count();
    }
}
