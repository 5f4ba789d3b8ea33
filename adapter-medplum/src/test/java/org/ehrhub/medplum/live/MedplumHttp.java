package org.ehrhub.medplum.live;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Plain HTTP to a Medplum as one client, to see what it answers; logs in when it is first asked. */
public final class MedplumHttp implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(65);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI base;
    private final String id;
    private final String secret;
    private @Nullable String token;

    /** As the client with this id and secret. */
    public MedplumHttp(URI base, String id, String secret) {
        this.base = base;
        this.id = id;
        this.secret = secret;
    }

    /** The access token, a new one when there was none. */
    public synchronized String token() {
        var known = token;
        if (known == null) {
            var form = "grant_type=client_credentials&client_id=" + encoded(id) + "&client_secret=" + encoded(secret);
            var reply = send("POST", "oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
            known = reply.json().path("access_token").asString();
            token = known;
        }
        return known;
    }

    /** Logs in anew at the next call. */
    public synchronized void forgetToken() {
        token = null;
    }

    /** A GET with the token. */
    public Reply get(String path, String... headers) {
        return ask("GET", path, null, headers);
    }

    /** A DELETE with the token. */
    public Reply delete(String path) {
        return ask("DELETE", path, null);
    }

    /** A POST of FHIR JSON with the token, unless the headers name another content type. */
    public Reply post(String path, String body, String... headers) {
        return ask("POST", path, body, headers);
    }

    /** A PUT of FHIR JSON with the token. */
    public Reply put(String path, String body, String... headers) {
        return ask("PUT", path, body, headers);
    }

    /** A JSON Patch with the token. */
    public Reply patch(String path, String body, String... headers) {
        return ask("PATCH", path, body, with(headers, "Content-Type", "application/json-patch+json"));
    }

    /** Any request with the token. */
    public Reply ask(String method, String path, @Nullable String body, String... headers) {
        var typed = String.join("\n", headers).contains("Content-Type") || body == null
                ? headers
                : with(headers, "Content-Type", "application/fhir+json");
        return send(method, path, body, with(typed, "Authorization", "Bearer " + token()));
    }

    /** Any request with just these headers, each name followed by its value. */
    public Reply send(String method, String path, @Nullable String body, String... headers) {
        var request = HttpRequest.newBuilder(
                        base.resolve(path.replace("|", "%7C").replace(" ", "%20")))
                .timeout(LIMIT)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            var response = http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String[] with(String[] headers, String name, String value) {
        var more = Arrays.copyOf(headers, headers.length + 2);
        more[headers.length] = name;
        more[headers.length + 1] = value;
        return more;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }

    static JsonMapper json() {
        return JSON;
    }
}
