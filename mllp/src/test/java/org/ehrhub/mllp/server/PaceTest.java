package org.ehrhub.mllp.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final AtomicLong now = new AtomicLong();

    @Test
    void givesEachMessageATurnOfItsOwn() {
        var pace = new Pace(10, now::get);

        for (int i = 0; i < 20; i++) {
            assertThat(pace.turn()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100L * i));
        }
    }

    @Test
    void savesUpNoMoreThanATenthOfASecond() {
        var pace = new Pace(100, now::get);
        now.set(TimeUnit.HOURS.toNanos(1));

        int atOnce = 0;
        while (pace.turn() == 0) {
            atOnce++;
        }

        assertThat(atOnce).isEqualTo(11);
    }

    @Test
    void letsAllThroughWithoutARate() {
        try (var pace = new Pace(0)) {
            for (int i = 0; i < 1000; i++) {
                assertThat(pace.await()).isTrue();
            }
        }
    }

    @Test
    void nobodyWaitsForAPaceThatHasEnded() throws InterruptedException {
        var pace = new Pace(1, now::get);
        assertThat(pace.await()).isTrue();
        var through = new AtomicBoolean(true);
        var waiting = Thread.ofVirtual().start(() -> through.set(pace.await()));

        pace.close();

        assertThat(waiting.join(Duration.ofSeconds(10))).isTrue();
        assertThat(through).isFalse();
    }
}
