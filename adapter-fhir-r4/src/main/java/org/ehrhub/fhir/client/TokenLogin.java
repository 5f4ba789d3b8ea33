package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A token that the hub fetches for itself (RFC 6749, 4.4), kept until shortly before it expires. Many callers who need one
 * at once wait for a single fetch.
 */
final class TokenLogin implements Login {
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded", "UTF-8");
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(10);
    private static final Duration SPARE = Duration.ofSeconds(30);
    private static final long SECONDS_WITHOUT_EXPIRY = 60;
    private static final long LONGEST_LIFE = 86_400;
    private static final int MOST_BYTES = 256 * 1024;
    private static final Token NO_TOKEN = new Token("", Instant.MIN);

    private final Source source;
    private final PlainHttp http;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<Token> token = new AtomicReference<>(NO_TOKEN);
    private final AtomicReference<Optional<String>> granted = new AtomicReference<>(Optional.empty());

    /**
     * Where tokens come from.
     *
     * @param scopes what is asked for
     */
    record Source(TokenEndpoint endpoint, Proof proof, AskedScopes scopes) {}

    private record Token(String header, Instant until) {}

    /** A login without a token yet; the first call fetches it. */
    TokenLogin(Source source, PlainHttp http, InstantSource clock) {
        this.source = source;
        this.http = http;
        this.clock = clock;
    }

    @Override
    public String authorization(Instant deadline) {
        var kept = token.get();
        if (clock.instant().isBefore(kept.until())) {
            return kept.header();
        }
        awaitTurn(deadline);
        try {
            kept = token.get();
            if (!clock.instant().isBefore(kept.until())) {
                kept = fetch(deadline);
                token.set(kept);
            }
            return kept.header();
        } finally {
            fetching.unlock();
        }
    }

    @Override
    public boolean renew(String refused) {
        var kept = token.get();
        if (kept.header().equals(refused)) {
            token.compareAndSet(kept, NO_TOKEN);
        }
        return true;
    }

    @Override
    public Optional<String> granted() {
        return granted.get();
    }

    @Override
    public Optional<String> publicKeys() {
        return source.proof().publicKeys();
    }

    /** Waits for whoever fetches a token, no longer than the caller can. */
    private void awaitTurn(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        try {
            if (!fetching.tryLock(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS)) {
                throw unreachable(RetryAfter.LATER);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(RetryAfter.LATER);
        }
    }

    private Token fetch(Instant deadline) {
        var latest = clock.instant().plus(LONGEST_FETCH);
        var until = deadline.isBefore(latest) ? deadline : latest;
        var url = source.endpoint().url(until);
        var form = new Proof.Form().add("grant_type", "client_credentials");
        var scope = source.scopes().words();
        if (!scope.isEmpty()) {
            form.add("scope", scope);
        }
        source.proof().sign(form, url);
        var sending = http.sending(new Sending.Order(Interaction.TOKEN, MOST_BYTES), until, form.authorization());
        var request = new PlainRequest(
                Interaction.TOKEN, "POST", url.toString(), "application/json", new StringEntity(form.text(), FORM));
        try {
            return token(json.readTree(http.send(request, sending).bytes()), scope);
        } catch (BaseServerResponseException e) {
            int status = sending.answered().status();
            throw status >= 400 && status < 500 && status != 429
                    ? refused()
                    : unreachable(sending.answered().when());
        } catch (IOException e) {
            throw refused();
        }
    }

    private Token token(@Nullable JsonNode body, String asked) {
        var value = body == null ? "" : body.path("access_token").asText("");
        if (body == null || value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw refused();
        }
        // What is not said is what was asked for (RFC 6749, 5.1).
        var scope = body.path("scope").asText(asked);
        granted.set(scope.isBlank() ? Optional.empty() : Optional.of(scope));
        long seconds = body.path("expires_in").asLong(SECONDS_WITHOUT_EXPIRY);
        var life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE));
        var spare = life.compareTo(SPARE.multipliedBy(2)) > 0 ? SPARE : life.dividedBy(2);
        return new Token("Bearer " + value, clock.instant().plus(life).minus(spare));
    }

    private static EhrFailure unreachable(String when) {
        return new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR's login server did not answer.", when);
    }

    private static EhrFailure refused() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The EHR's login server gave the hub no token.",
                "Ask the hub's operator to check this EHR's credentials.");
    }
}
