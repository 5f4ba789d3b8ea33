package org.ehrhub.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TokenStandingTest {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final Set<String> revoked = new HashSet<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private boolean away;
    private int asked;
    private final TokenStanding standing = new TokenStanding("https://login.example", this::holds, EVERY, () -> now);

    private boolean holds(String token) throws IOException {
        asked++;
        if (away) {
            throw new IOException("away");
        }
        return !revoked.contains(token);
    }

    private int refused(String token) {
        return catchThrowableOfType(LoginRefused.class, () -> standing.until(token))
                .status();
    }

    @Test
    void asksOnceForTheCallsOfATokenUntilTheAnswerIsOld() throws LoginRefused {
        var first = now;
        for (int i = 0; i < 5; i++) {
            assertThat(standing.until("a")).isEqualTo(first.plus(EVERY));
            now = now.plusSeconds(1);
        }
        assertThat(asked).isEqualTo(1);
        standing.until("b");
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void aTokenThatWasTakenBackWorksNoLongerThanAnAnswerIsUsed() throws LoginRefused {
        standing.until("a");
        revoked.add("a");
        now = now.plus(EVERY).minusMillis(1);
        standing.until("a");
        now = now.plusMillis(1);
        assertThat(refused("a")).isEqualTo(401);
        assertThat(refused("a")).isEqualTo(401);
        assertThat(asked).isEqualTo(2);
    }

    @Test
    void letsNobodyInWhileTheIssuerIsAway() throws LoginRefused {
        standing.until("a");
        away = true;
        assertThat(refused("b")).isEqualTo(503);
        now = now.plus(EVERY);
        assertThat(refused("a")).isEqualTo(503);
        away = false;
        now = now.plus(TokenStanding.LEFT_ALONE);
        assertThat(standing.until("a")).isEqualTo(now.plus(EVERY));
    }

    @Test
    void doesNotAskAnIssuerThatIsAwayForEachToken() {
        away = true;
        for (int i = 0; i < 10; i++) {
            assertThat(refused("token " + i)).isEqualTo(503);
        }
        assertThat(asked).isEqualTo(1);
    }

    @Test
    void remembersNoMoreTokensThanItMay() throws LoginRefused {
        standing.until("first");
        for (int i = 0; i < TokenStanding.MOST; i++) {
            standing.until("token " + i);
        }
        asked = 0;
        standing.until("token " + (TokenStanding.MOST - 1));
        assertThat(asked).isZero();
        standing.until("first");
        assertThat(asked).isEqualTo(1);
    }
}
