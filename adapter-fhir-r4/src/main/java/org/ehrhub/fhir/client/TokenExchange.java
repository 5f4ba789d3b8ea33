package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Secret;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/** Single exchanges with the token endpoint of a login server (RFC 6749, 3.2). */
final class TokenExchange {
    private static final ContentType FORM = ContentType.create("application/x-www-form-urlencoded", "UTF-8");
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final Duration SPARE = Duration.ofSeconds(30);
    private static final long SECONDS_WITHOUT_EXPIRY = 60;
    private static final long LONGEST_LIFE = 86_400;
    private static final int MOST_BYTES = 256 * 1024;

    private final TokenEndpoint endpoint;
    private final Proof proof;
    private final PlainHttp http;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder().build();

    TokenExchange(TokenEndpoint endpoint, Proof proof, PlainHttp http, InstantSource clock) {
        this.endpoint = endpoint;
        this.proof = proof;
        this.http = http;
        this.clock = clock;
    }

    /**
     * What the login server gave.
     *
     * @param header the Authorization header that shows the token
     * @param until when a new one is needed
     * @param scope what the token may be used for; empty where that was not said
     * @param refresh what a new one is had with; empty where the login server gives none
     */
    record Tokens(String header, Instant until, Optional<String> scope, Optional<Secret> refresh) {}

    /** The login server does not give a token for this, whatever the hub tries. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super(null, null, false, false);
        }
    }

    Proof proof() {
        return proof;
    }

    /**
     * Asks for tokens.
     *
     * @throws Refused when the login server says no
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when it does not answer, {@code RATE_LIMITED} when it will not do so now
     */
    Tokens ask(Proof.Form form, Instant deadline) {
        var latest = clock.instant().plus(LONGEST);
        var until = deadline.isBefore(latest) ? deadline : latest;
        var url = endpoint.url(until);
        proof.sign(form, url);
        var sending = http.sending(new Sending.Order(Interaction.TOKEN, MOST_BYTES), until, form.authorization());
        var request = new PlainRequest(
                Interaction.TOKEN, "POST", url.toString(), "application/json", new StringEntity(form.text(), FORM));
        try {
            return tokens(json.readTree(http.send(request, sending).bytes()));
        } catch (BaseServerResponseException e) {
            int status = sending.answered().status();
            if (status == 429) {
                throw FhirFailures.busy(sending.answered().when());
            }
            if (status >= 400 && status < 500) {
                throw new Refused();
            }
            throw unreachable(sending.answered().when());
        } catch (IOException e) {
            throw new Refused();
        }
    }

    private Tokens tokens(@Nullable JsonNode body) {
        var value = body == null ? "" : body.path("access_token").asText("");
        if (body == null || value.isEmpty() || !isToken(value)) {
            throw new Refused();
        }
        long seconds = body.path("expires_in").asLong(SECONDS_WITHOUT_EXPIRY);
        var life = Duration.ofSeconds(Math.clamp(seconds, 0, LONGEST_LIFE));
        var spare = life.compareTo(SPARE.multipliedBy(2)) > 0 ? SPARE : life.dividedBy(2);
        var refresh = body.path("refresh_token").asText("");
        return new Tokens(
                "Bearer " + value,
                clock.instant().plus(life).minus(spare),
                Optional.of(body.path("scope").asText("")).filter(scope -> !scope.isBlank()),
                refresh.isEmpty() || !isToken(refresh) ? Optional.empty() : Optional.of(Secret.from(() -> refresh)));
    }

    private static boolean isToken(String text) {
        return text.chars().allMatch(c -> c > ' ' && c <= '~');
    }

    static EhrFailure unreachable(String when) {
        return new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR's login server did not answer.", when);
    }
}
