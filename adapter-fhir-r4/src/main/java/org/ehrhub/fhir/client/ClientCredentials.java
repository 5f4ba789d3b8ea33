package org.ehrhub.fhir.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A token fetched with the hub's own id and secret (RFC 6749, 4.4), kept until shortly before it expires. Many callers who
 * need one at once wait for a single fetch.
 */
public final class ClientCredentials implements Login {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration LONGEST_FETCH = Duration.ofSeconds(10);
    private static final Duration SPARE = Duration.ofSeconds(30);
    private static final long SECONDS_WITHOUT_EXPIRY = 60;
    private static final Token NO_TOKEN = new Token("", Instant.MIN);

    private final Client client;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .build();
    private final JsonMapper json = JsonMapper.builder().build();
    private final ReentrantLock fetching = new ReentrantLock();
    private final AtomicReference<Token> token = new AtomicReference<>(NO_TOKEN);

    /**
     * What the hub is to the token endpoint.
     *
     * @param tokenUrl the endpoint
     * @param scope asked for, where the server wants one
     */
    public record Client(
            URI tokenUrl,
            String id,
            Secret secret,
            @Nullable String scope) {}

    private record Token(String header, Instant until) {}

    /** A login without a token yet; the first call fetches it. */
    public ClientCredentials(Client client, InstantSource clock) {
        this.client = client;
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
    public void close() {
        http.close();
    }

    /** Waits for whoever fetches a token, no longer than the caller can. */
    private void awaitTurn(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        try {
            if (!fetching.tryLock(TimeUnit.NANOSECONDS.convert(left), TimeUnit.NANOSECONDS)) {
                throw unreachable();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable();
        }
    }

    private Token fetch(Instant deadline) {
        try {
            var answer = http.send(request(deadline), BodyHandlers.ofString());
            return token(answer);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable();
        } catch (JsonProcessingException e) {
            throw refused();
        } catch (IOException e) {
            throw unreachable();
        }
    }

    private HttpRequest request(Instant deadline) {
        var left = Duration.between(clock.instant(), deadline);
        if (!left.isPositive()) {
            throw unreachable();
        }
        var form =
                "grant_type=client_credentials" + (client.scope() == null ? "" : "&scope=" + encoded(client.scope()));
        // RFC 6749, 2.3.1: id and secret are form-encoded before they go into the Basic scheme.
        var login = BasicCredentials.header(
                encoded(client.id()), encoded(client.secret().reveal()));
        return HttpRequest.newBuilder(client.tokenUrl())
                .timeout(left.compareTo(LONGEST_FETCH) < 0 ? left : LONGEST_FETCH)
                .header("Authorization", login)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Accept", "application/json")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private Token token(HttpResponse<String> answer) throws JsonProcessingException {
        if (answer.statusCode() >= 500) {
            throw unreachable();
        }
        JsonNode body = answer.statusCode() == 200 ? json.readTree(answer.body()) : null;
        var value = body == null ? "" : body.path("access_token").asText("");
        if (body == null || value.isEmpty() || value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw refused();
        }
        var life = Duration.ofSeconds(body.path("expires_in").asLong(SECONDS_WITHOUT_EXPIRY));
        var spare = life.compareTo(SPARE.multipliedBy(2)) > 0 ? SPARE : life.dividedBy(2);
        return new Token("Bearer " + value, clock.instant().plus(life).minus(spare));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static EhrFailure unreachable() {
        return new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR's login server did not answer.", "Try again later.");
    }

    private static EhrFailure refused() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The EHR's login server gave the hub no token.",
                "Ask the hub's operator to check this EHR's credentials.");
    }
}
