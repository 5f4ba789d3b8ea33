package org.ehrhub.server.adversarial;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.ehrhub.server.commands.EhrHub;

/** The hub as a process of its own, spoken to over HTTP; everything that it prints is kept. */
final class HubProcess implements AutoCloseable {
    private static final String READY = "ready: ";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Queue<String> printed = new ConcurrentLinkedQueue<>();
    private final Path errors;
    private final Process process;
    private final Thread reading;
    private final URI address;
    private final String session;

    HubProcess(Path configuration, Map<String, String> environment) throws IOException, InterruptedException {
        errors = configuration.resolveSibling("errors");
        var command = command(configuration, "start").redirectError(errors.toFile());
        command.environment().putAll(environment);
        process = command.start();
        var out = process.inputReader();
        address = URI.create(ready(out));
        reading = Thread.ofVirtual().start(() -> out.lines().forEach(printed::add));
        session = post("{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":"
                        + "\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}}}")
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private String ready(BufferedReader out) throws IOException {
        for (var line = out.readLine(); line != null; line = out.readLine()) {
            printed.add(line);
            if (line.contains(READY)) {
                return line.substring(line.indexOf(READY) + READY.length()).strip();
            }
        }
        throw new IOException("The hub did not start: " + Files.readString(errors));
    }

    private static ProcessBuilder command(Path configuration, String... words) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EhrHub.class.getName()));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", configuration.toString()));
        return new ProcessBuilder(command);
    }

    /** What another command of the hub prints, once the hub has ended. */
    static String output(Path configuration, String... words) throws IOException, InterruptedException {
        var process = command(configuration, words).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(60, TimeUnit.SECONDS);
        return text;
    }

    URI at(String path) {
        return address.resolve(path);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return http.send(request, BodyHandlers.ofString());
    }

    HttpRequest.Builder message(String body) {
        var request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(BodyPublishers.ofString(body));
        return session == null ? request : request.header("Mcp-Session-Id", session);
    }

    HttpResponse<String> post(String body) throws IOException, InterruptedException {
        return send(message(body).build());
    }

    /** Everything that was printed so far, to standard output and standard error. */
    String printed() throws IOException {
        return String.join("\n", printed) + Files.readString(errors);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor(30, TimeUnit.SECONDS);
            reading.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        http.close();
    }
}
