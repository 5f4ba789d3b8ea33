package org.ehrhub.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.ehrhub.server.channels.Destination.State;
import org.ehrhub.server.config.ChannelSettings;
import org.ehrhub.server.config.DeliverSettings;
import org.junit.jupiter.api.Test;

class DestinationsTest {
    private static final Duration QUICK = Duration.ofMillis(12);
    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private final Destinations destinations = new Destinations(Map.of("lab", delivering()), () -> now);

    @Test
    void nothingIsKnownOfAReceiverBeforeTheFirstDelivery() {
        assertThat(standing().state()).isEqualTo(State.UNTRIED);
        assertThat(destinations.of("other")).isEmpty();
    }

    @Test
    void whoeverAnswersIsUpAlsoWhenTheAnswerIsARefusal() {
        delivered("AA", QUICK);
        assertThat(standing().state()).isEqualTo(State.UP);
        delivered("AE", QUICK);
        assertThat(standing().state()).isEqualTo(State.UP);
        assertThat(standing().usual()).isEqualTo(QUICK);
    }

    @Test
    void whoeverCannotBeReachedOrEndsTheConnectionIsDownSinceTheFirstFailure() {
        delivered("AA", QUICK);
        now = now.plusSeconds(60);
        delivered(ChannelWatch.NOT_SENT, QUICK);
        var since = now;
        now = now.plusSeconds(60);
        delivered(ChannelWatch.UNKNOWN, QUICK);

        assertThat(standing().state()).isEqualTo(State.DOWN);
        assertThat(standing().since()).isEqualTo(since);

        delivered("AA", QUICK);
        assertThat(standing().state()).isEqualTo(State.UP);
        assertThat(standing().since()).isEqualTo(now);
    }

    @Test
    void whoeverTakesAMessageAndDoesNotAnswerInTimeIsSlowAndNotDown() {
        delivered(ChannelWatch.UNKNOWN, LIMIT);
        assertThat(standing().state()).isEqualTo(State.SLOW);
    }

    @Test
    void whoeverUsuallyTakesLongIsSlowAndOneLongAnswerMakesNobodySo() {
        delivered("AA", QUICK);
        delivered("AA", QUICK);
        delivered("AA", SLOW);
        assertThat(standing().state()).isEqualTo(State.UP);
        delivered("AA", SLOW);
        delivered("AA", SLOW);
        assertThat(standing().state()).isEqualTo(State.SLOW);
        assertThat(standing().usual()).isEqualTo(SLOW);
    }

    private void delivered(String outcome, Duration took) {
        destinations.delivered("lab", outcome, took);
    }

    private Destination.Standing standing() {
        return destinations.of("lab").orElseThrow().standing();
    }

    private static ChannelSettings delivering() {
        var deliver = new DeliverSettings(
                "lab.example",
                2576,
                1,
                null,
                null,
                Duration.ofSeconds(5),
                LIMIT,
                Duration.ofSeconds(2),
                Duration.ofSeconds(1),
                Duration.ofMinutes(5),
                0,
                DeliverSettings.Refused.DEAD);
        return new ChannelSettings(null, deliver, Set.of(), ChannelSettings.Order.PATIENT, null);
    }
}
