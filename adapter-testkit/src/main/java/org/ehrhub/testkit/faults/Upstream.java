package org.ehrhub.testkit.faults;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The server behind a {@link HostileProxy}: asked faithfully, its own address put in place of the proxy's and back. */
final class Upstream implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Set<String> OF_ONE_HOP = Set.of(
            "connection",
            "keep-alive",
            "host",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "expect",
            "upgrade",
            "date");

    private final URI base;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Upstream(URI base) {
        this.base = base;
    }

    /** What the server says. */
    Answer ask(Asked asked, URI proxy) throws IOException {
        try {
            return answer(http.send(request(asked, proxy), BodyHandlers.ofByteArray()), proxy);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private HttpRequest request(Asked asked, URI proxy) {
        var body = isText(asked.headers())
                ? swap(asked.text(), origin(proxy), origin(base)).getBytes(StandardCharsets.UTF_8)
                : asked.body();
        var request = HttpRequest.newBuilder(URI.create(origin(base) + asked.target()))
                .timeout(LIMIT)
                .method(asked.method(), body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        passing(asked.headers()).forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        return request.build();
    }

    private Answer answer(HttpResponse<byte[]> response, URI proxy) {
        var headers = new LinkedHashMap<String, List<String>>();
        passing(response.headers().map())
                .forEach((name, values) -> headers.put(
                        name,
                        values.stream()
                                .map(value -> swap(value, origin(base), origin(proxy)))
                                .toList()));
        var answer = new Answer(response.statusCode(), headers, response.body());
        return isText(headers) ? answer.with(swap(answer.text(), origin(base), origin(proxy))) : answer;
    }

    private static Map<String, List<String>> passing(Map<String, List<String>> headers) {
        var passing = new LinkedHashMap<>(headers);
        passing.keySet().removeIf(name -> name.startsWith(":") || OF_ONE_HOP.contains(name.toLowerCase(Locale.ROOT)));
        return passing;
    }

    private static boolean isText(Map<String, List<String>> headers) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase("Content-Type"))
                .flatMap(header -> header.getValue().stream())
                .anyMatch(type -> type.contains("json") || type.contains("xml") || type.startsWith("text/"));
    }

    /** Servers on loopback call themselves by either name. */
    private static String swap(String text, String from, String to) {
        return text.replace(from, to).replace(from.replace("//127.0.0.1", "//localhost"), to);
    }

    private static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    @Override
    public void close() {
        http.close();
    }
}
