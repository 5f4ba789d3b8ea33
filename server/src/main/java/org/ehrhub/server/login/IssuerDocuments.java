package org.ehrhub.server.login;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What one issuer publishes: its metadata (RFC 8414, OpenID Connect Discovery 1.0) and through it its keys. Only addresses that
 * the configuration or the issuer's own metadata name are asked, never one that a token names.
 */
final class IssuerDocuments {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final int LARGEST = 512 * 1024;

    private final Issuer issuer;
    private final JsonMapper json = JsonMapper.builder().build();
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    IssuerDocuments(Issuer issuer) {
        this.issuer = issuer;
    }

    /**
     * Its key set as it is now.
     *
     * @throws IOException when it cannot be had; the message holds no answer of the issuer
     */
    String keys() throws IOException {
        var configured = issuer.jwksUri();
        return get(configured == null ? published() : configured);
    }

    private URI published() throws IOException {
        return endpoint("jwks_uri");
    }

    /**
     * An address that its metadata names.
     *
     * @throws IOException when it cannot be had
     */
    URI endpoint(String name) throws IOException {
        for (var place : metadataPlaces()) {
            var metadata = metadata(place);
            // Another issuer's metadata under this issuer's address would let that one sign for this one.
            if (metadata.path("issuer").asString("").equals(issuer.issuer().toString())) {
                return safe(metadata.path(name).asString(""));
            }
        }
        throw new IOException("The issuer publishes no metadata of its own name");
    }

    /**
     * What it answers to a form.
     *
     * @param authorization what the hub proves itself by, where it has a secret
     * @throws IOException when it cannot be had, or is a refusal
     */
    JsonNode post(URI endpoint, String form, @Nullable String authorization) throws IOException {
        var request = HttpRequest.newBuilder(endpoint)
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try {
            return json.readTree(answer(request.build()));
        } catch (JacksonException e) {
            throw new IOException("The issuer's answer is no JSON");
        }
    }

    private JsonNode metadata(URI place) {
        try {
            return json.readTree(get(place));
        } catch (IOException | JacksonException e) {
            return json.missingNode();
        }
    }

    private List<URI> metadataPlaces() {
        var address = issuer.issuer();
        var path = address.getRawPath().replaceAll("/$", "");
        var root = address.getScheme() + "://" + address.getRawAuthority();
        return List.of(
                URI.create(root + "/.well-known/oauth-authorization-server" + path),
                URI.create(root + path + "/.well-known/openid-configuration"));
    }

    private URI safe(String address) throws IOException {
        try {
            var uri = new URI(address);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || isItsOwn(uri))) {
                return uri;
            }
        } catch (java.net.URISyntaxException e) {
            // Said below, without the address.
        }
        throw new IOException("The issuer's metadata names no https address for what is asked of it");
    }

    /** An issuer without https is on this machine, and so is what it may name without https. */
    private boolean isItsOwn(URI plain) {
        var own = issuer.issuer();
        return "http".equals(own.getScheme())
                && "http".equals(plain.getScheme())
                && plain.getHost().equals(own.getHost());
    }

    private String get(URI address) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .header("Accept", "application/json")
                .build();
        return answer(request);
    }

    private String answer(HttpRequest request) throws IOException {
        var asked = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), LARGEST));
        try {
            var answer = asked.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (answer.statusCode() != 200) {
                throw new IOException("The issuer answered " + answer.statusCode());
            }
            return answer.body();
        } catch (ExecutionException | TimeoutException e) {
            asked.cancel(true);
            throw new IOException("The issuer did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The wait for the issuer was broken off", e);
        }
    }
}
