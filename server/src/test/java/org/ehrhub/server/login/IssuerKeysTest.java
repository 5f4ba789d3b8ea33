package org.ehrhub.server.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IssuerKeysTest {
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private String published = set("one");
    private boolean away;
    private int reads;
    private final IssuerKeys keys = new IssuerKeys("https://login.example", this::read, () -> now);

    private String read() throws IOException {
        reads++;
        if (away) {
            throw new IOException("away");
        }
        return published;
    }

    private static String set(String id) {
        try {
            ECKey key = new ECKeyGenerator(Curve.P_256).keyID(id).generate();
            return new JWKSet(key).toString();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean has(String id) throws KeySourceException {
        var wanted = new JWKSelector(new JWKMatcher.Builder().keyID(id).build());
        return !keys.get(wanted, null).isEmpty();
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void readsTheKeysOnceForManyTokens() throws KeySourceException {
        for (int i = 0; i < 5; i++) {
            assertThat(has("one")).isTrue();
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void aNewKeyWorksWithItsFirstToken() throws KeySourceException {
        assertThat(has("one")).isTrue();
        after(IssuerKeys.BETWEEN);
        published = set("two");
        assertThat(has("two")).isTrue();
        assertThat(reads).isEqualTo(2);
    }

    @Test
    void aFloodOfUnknownKeysIsAskedAboutOnceAnInterval() throws KeySourceException {
        assertThat(has("one")).isTrue();
        for (int i = 0; i < 1000; i++) {
            after(Duration.ofMillis(100));
            assertThat(has("unknown-" + i)).isFalse();
        }
        assertThat(reads).isEqualTo(1 + 3);
    }

    @Test
    void aWithdrawnKeyStopsWorking() throws KeySourceException {
        assertThat(has("one")).isTrue();
        published = set("two");
        after(IssuerKeys.FRESH);
        assertThat(has("one")).isFalse();
    }

    @Test
    void keepsTheLastKeysForAWhileWhenTheIssuerIsAway() throws KeySourceException {
        assertThat(has("one")).isTrue();
        away = true;
        after(IssuerKeys.USABLE.minusSeconds(1));
        assertThat(has("one")).isTrue();
        after(Duration.ofSeconds(1));
        assertThatThrownBy(() -> has("one")).isInstanceOf(KeySourceException.class);
    }

    @Test
    void doesNotAskAnIssuerThatIsAwayForEachToken() {
        away = true;
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> has("one")).isInstanceOf(KeySourceException.class);
        }
        assertThat(reads).isEqualTo(1);
    }

    @Test
    void whatIsNoKeySetDoesNotReplaceOne() throws KeySourceException {
        assertThat(has("one")).isTrue();
        published = "<html>";
        after(IssuerKeys.FRESH);
        assertThat(has("one")).isTrue();
    }
}
