package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.ehrhub.server.mcp.SessionOwners.Owner;
import org.junit.jupiter.api.Test;

class SessionOwnersTest {
    private static final Duration IDLE = Duration.ofMinutes(30);
    private static final Owner ANN = new Owner("https://a.example|ann", "desk");
    private static final Owner BOB = new Owner("https://a.example|bob", "desk");

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final SessionOwners owners = new SessionOwners(new SessionLimits(5, 3, IDLE), () -> now);

    private void begin(Owner owner, String id) {
        var place = owners.place(owner).orElseThrow();
        owners.begun(place, id);
        owners.ended(place.id());
        now = now.plusSeconds(1);
    }

    @Test
    void knowsWhoseASessionIs() {
        begin(ANN, "a");
        assertThat(owners.isOf("a", ANN)).isTrue();
        assertThat(owners.isOf("a", BOB)).isFalse();
        assertThat(owners.isOf("a", new Owner(ANN.principal(), "another-client")))
                .isFalse();
        assertThat(owners.isOf("none", ANN)).isFalse();
        owners.ended("a");
        assertThat(owners.isOf("a", ANN)).isFalse();
    }

    @Test
    void aCallerLosesTheSessionUsedLongestAgoForAnother() {
        begin(ANN, "a1");
        begin(ANN, "a2");
        begin(ANN, "a3");
        assertThat(owners.isOf("a1", ANN)).isTrue();
        now = now.plusSeconds(1);

        assertThat(owners.place(ANN).orElseThrow().ended()).containsExactly("a2");
    }

    @Test
    void aSessionWithAStreamIsTheLastToGo() {
        begin(ANN, "a1");
        begin(ANN, "a2");
        begin(ANN, "a3");
        owners.streams("a1", 1);
        now = now.plusSeconds(1);
        owners.isOf("a2", ANN);

        assertThat(owners.place(ANN).orElseThrow().ended()).containsExactly("a3");
    }

    @Test
    void nobodyTakesTheLastPlaceOfAnother() {
        for (var id : new String[] {"b1", "b2", "b3"}) {
            begin(BOB, id);
        }
        begin(new Owner("c", null), "c1");
        begin(new Owner("d", null), "d1");

        assertThat(owners.place(ANN)).isEmpty();
        assertThat(owners.place(BOB).orElseThrow().ended()).containsExactly("b1");
    }

    @Test
    void aSessionThatIsNotUsedEnds() {
        begin(ANN, "a1");
        begin(ANN, "a2");
        owners.streams("a2", 1);
        now = now.plus(IDLE).plusSeconds(1);

        assertThat(owners.isOf("a1", ANN)).isFalse();
        assertThat(owners.isOf("a2", ANN)).isTrue();
        assertThat(owners.place(BOB).orElseThrow().ended()).containsExactly("a1");
    }

    @Test
    void aPlaceInWhichNothingBeganIsFreeAgain() {
        for (int i = 0; i < 20; i++) {
            var place = owners.place(ANN).orElseThrow();
            assertThat(place.ended()).isEmpty();
            owners.ended(place.id());
        }
    }
}
