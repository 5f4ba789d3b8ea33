package org.ehrhub.mllp.sockets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5); // it may pass the end of its range
    private final Backoff backoff = new Backoff(new Reconnect(FIRST, Duration.ofSeconds(3)), now::get);

    private void assertRests(Duration longest) {
        assertThat(backoff.left()).isBetween(longest.multipliedBy(3).dividedBy(4), longest);
    }

    @Test
    void restsTwiceAsLongAfterEachFailureUpToTheLongest() {
        assertThat(backoff.left()).isZero();
        backoff.failed();
        assertRests(FIRST);
        backoff.failed();
        assertRests(FIRST.multipliedBy(2));
        backoff.failed();
        assertRests(FIRST.multipliedBy(3));
        backoff.failed();
        assertRests(FIRST.multipliedBy(3));
    }

    @Test
    void restsNoLongerThanItSays() {
        backoff.failed();
        now.addAndGet(FIRST.toNanos());

        assertThat(backoff.left()).isZero();
    }

    @Test
    void beginsAnewAfterASuccess() {
        backoff.failed();
        backoff.failed();
        backoff.succeeded();

        assertThat(backoff.left()).isZero();
        backoff.failed();
        assertRests(FIRST);
    }

    @Test
    void refusesToRestForNoTime() {
        assertThatThrownBy(() -> new Reconnect(Duration.ZERO, FIRST)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Reconnect(FIRST, Duration.ofMillis(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
