package org.ehrhub.server.login;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ehrhub.policy.Digests;
import org.ehrhub.server.config.LoginSettings.Introspection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether tokens of one issuer still hold (RFC 7662), beside what they say themselves. An answer is used for a configured time
 * from when it was asked for, so that a token that was taken back works no longer than that; while the issuer is away, none does.
 */
final class TokenStanding {
    /** How many tokens' answers are remembered; those of the others are asked for again. */
    static final int MOST = 10_000;

    /** How long nobody asks an issuer that has just not answered. */
    static final Duration LEFT_ALONE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(TokenStanding.class);

    private final String issuer;
    private final Asking asking;
    private final Duration every;
    private final InstantSource clock;
    private final Map<String, Standing> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Standing> eldest) {
            return size() > MOST;
        }
    };
    private volatile Instant nextTry = Instant.EPOCH;

    TokenStanding(String issuer, Asking asking, Duration every, InstantSource clock) {
        this.issuer = issuer;
        this.asking = asking;
        this.every = every;
        this.clock = clock;
    }

    /** Asks the issuer. */
    @FunctionalInterface
    interface Asking {
        boolean holds(String token) throws IOException;
    }

    /** Asks the endpoint that the issuer's metadata names, which is looked up again when it fails. */
    static Asking at(IssuerDocuments documents, Introspection settings) {
        return new Asking() {
            private volatile @Nullable URI endpoint;

            @Override
            public boolean holds(String token) throws IOException {
                var known = endpoint;
                var at = known == null ? documents.endpoint("introspection_endpoint") : known;
                endpoint = null;
                var sent = new LinkedHashMap<String, String>();
                sent.put("token", token);
                sent.put("token_type_hint", "access_token");
                var basic = IssuerForm.basic(settings.clientId(), settings.clientSecret());
                var active = documents.post(at, IssuerForm.of(sent), basic).path("active");
                if (!active.isBoolean()) {
                    throw new IOException("The issuer's answer does not say whether the token is active");
                }
                endpoint = at;
                return active.asBoolean();
            }
        };
    }

    /**
     * Until when this token may be used without asking again.
     *
     * @throws LoginRefused when it was taken back, or the issuer cannot be asked
     */
    Instant until(String token) throws LoginRefused {
        try {
            return standing(token).until(token);
        } catch (IOException e) {
            throw LoginRefused.standingAway();
        }
    }

    /** The token itself is not kept. */
    private Standing standing(String token) {
        synchronized (known) {
            return known.computeIfAbsent(Digests.sha256("token", token), digest -> new Standing());
        }
    }

    /** What is known of one token. Who comes while the issuer is asked about it waits for the answer. */
    private final class Standing {
        private boolean holds;
        private @Nullable Instant asked;

        synchronized Instant until(String token) throws LoginRefused, IOException {
            var now = clock.instant();
            var since = asked;
            if (since == null || !since.plus(every).isAfter(now)) {
                holds = answer(token);
                asked = now;
                since = now;
            }
            if (!holds) {
                throw LoginRefused.invalidToken();
            }
            return since.plus(every);
        }
    }

    private boolean answer(String token) throws IOException {
        if (clock.instant().isBefore(nextTry)) {
            throw new IOException("The issuer has just not answered");
        }
        try {
            return asking.holds(token);
        } catch (IOException e) {
            nextTry = clock.instant().plus(LEFT_ALONE);
            LOG.warn("The issuer {} cannot be asked whether tokens still hold; nobody of it is let in", issuer);
            throw e;
        }
    }
}
