package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The endpoints that a server names in its SMART configuration (SMART App Launch 2.2, 3.1), asked for when one is first
 * needed and again after an hour. They must be https, or at the server's own address.
 */
final class SmartConfiguration {
    private static final Logger LOG = LoggerFactory.getLogger(SmartConfiguration.class);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MOST_BYTES = 256 * 1024;

    private final URI base;
    private final PlainHttp http;
    private final InstantSource clock;
    private final JsonMapper json = JsonMapper.builder().build();
    private final AtomicReference<@Nullable Found> found = new AtomicReference<>();

    SmartConfiguration(URI base, PlainHttp http, InstantSource clock) {
        this.base = base;
        this.http = http;
        this.clock = clock;
    }

    private record Found(JsonNode said, Instant until) {}

    /** Where tokens are had; a {@link TokenEndpoint}. */
    URI token(Instant deadline) {
        return endpoint("token_endpoint", deadline);
    }

    /** Where users log in; a {@link TokenEndpoint}. */
    URI authorization(Instant deadline) {
        return endpoint("authorization_endpoint", deadline);
    }

    private URI endpoint(String name, Instant deadline) {
        var kept = found.get();
        if (kept == null || !clock.instant().isBefore(kept.until())) {
            kept = new Found(read(deadline), clock.instant().plus(KEPT));
            found.set(kept);
        }
        var url = safe(kept.said().path(name).asText(""));
        if (url.isEmpty()) {
            found.set(null);
        }
        return url.orElseThrow(SmartConfiguration::unknown);
    }

    private JsonNode read(Instant deadline) {
        var request =
                PlainRequest.get(Interaction.SMART, base + "/.well-known/smart-configuration", "application/json");
        var sending = http.sending(new Sending.Order(Interaction.SMART, MOST_BYTES), deadline, "");
        try {
            return json.readTree(http.send(request, sending).bytes());
        } catch (BaseServerResponseException | IOException e) {
            LOG.info(
                    "the SMART configuration was not had, HTTP {}",
                    sending.answered().status());
            throw unknown();
        }
    }

    private Optional<URI> safe(String text) {
        try {
            var url = new URI(text);
            boolean plain = url.getHost() != null && url.getRawUserInfo() == null && url.getRawFragment() == null;
            return plain && ("https".equalsIgnoreCase(url.getScheme()) || NextLink.sameOrigin(url, base))
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static EhrFailure unknown() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The EHR did not say where its login server is.",
                "Try again later; if it stays so, ask the hub's operator to set `token-url`, and `authorize-url` where users log in, for this EHR.");
    }
}
