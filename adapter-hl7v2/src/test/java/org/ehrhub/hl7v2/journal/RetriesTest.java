package org.ehrhub.hl7v2.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.hl7v2.journal.Retries.Refused;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetriesTest {
    private static final Retries RETRIES = new Retries(Duration.ofSeconds(1), Duration.ofMinutes(5), 0, Refused.DEAD);

    @ParameterizedTest
    @CsvSource({"1,1", "2,2", "3,4", "9,256", "10,300", "64,300", "2147483647,300"})
    void aMessageRestsTwiceAsLongEachTimeUpToTheMost(int attempt, int seconds) {
        assertThat(RETRIES.after(attempt, "why")).isEqualTo(new Settlement.Retry(Duration.ofSeconds(seconds), "why"));
    }

    @Test
    void theLastAttemptEndsIt() {
        var three = new Retries(Duration.ofSeconds(1), Duration.ofMinutes(5), 3, Refused.DEAD);

        assertThat(three.after(2, "why")).isInstanceOf(Settlement.Retry.class);
        assertThat(three.after(3, "why")).isEqualTo(new Settlement.Dead("why; given up after 3 attempts"));
    }

    @Test
    void aChannelRestsUntilItsDestinationIsBack() {
        var reach = new Reach(RETRIES);
        assertThat(reach.left()).isZero();

        reach.missed();
        reach.missed(); // at the same time
        assertThat(reach.left()).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));

        reach.reached();
        assertThat(reach.left()).isZero();
    }
}
