package org.ehrhub.testehr;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An empty FHIR R4 server (HAPI FHIR JPA) in a JVM of its own, from {@link #start} to {@link #close}.
 *
 * <p>The server holds the other end of a pipe from this JVM and ends when the pipe closes, so it outlives neither a
 * normal exit nor a kill.
 */
public final class TestEhrProcess implements AutoCloseable {
    private static final int START_LIMIT_SECONDS = 300;
    private static final int STOP_LIMIT_SECONDS = 10;
    private static final int LOG_LINES_SHOWN = 40;

    private final Process process;
    private final Path log;
    private final URI baseUrl;

    private TestEhrProcess(Process process, Path log, URI baseUrl) {
        this.process = process;
        this.log = log;
        this.baseUrl = baseUrl;
    }

    /** Returns when the server answers; fails with the end of its log when it does not within five minutes. */
    public static TestEhrProcess start() throws IOException, InterruptedException {
        Path log = Files.createTempFile("test-ehr-", ".log");
        log.toFile().deleteOnExit();
        Process process = launch(log);
        boolean answers = false;
        try {
            URI baseUrl = ready(process).get(START_LIMIT_SECONDS, TimeUnit.SECONDS);
            answers = true;
            return new TestEhrProcess(process, log, baseUrl);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the test EHR did not start; its log ends:\n" + end(log), e);
        } finally {
            if (!answers) {
                stop(process, log);
            }
        }
    }

    /** The FHIR base, without a slash at its end: {@code http://127.0.0.1:PORT/fhir}. */
    public URI baseUrl() {
        return baseUrl;
    }

    @Override
    public void close() {
        try {
            stop(process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Process launch(Path log) throws IOException {
        ProcessBuilder server = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // The server lives for a minute or two: the second compiler would not pay for itself.
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx700m",
                // By name: this class must not need what TestEhrServer needs.
                TestEhrProcess.class.getPackageName() + ".TestEhrServer",
                "--until-stdin-closes");
        server.environment().put("CLASSPATH", classPath());
        server.redirectError(log.toFile());
        return server.start();
    }

    /** Ourselves, then what the build resolved for the server. */
    private static String classPath() throws IOException {
        try (InputStream libraries = TestEhrProcess.class.getResourceAsStream("server.classpath")) {
            if (libraries == null) {
                throw new IOException("server.classpath is missing: build test-ehr/server with Maven");
            }
            Path own = Path.of(TestEhrProcess.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return own + File.pathSeparator + new String(libraries.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (URISyntaxException e) {
            throw new IOException(e);
        }
    }

    private static CompletableFuture<URI> ready(Process process) {
        CompletableFuture<URI> ready = new CompletableFuture<>();
        Thread.ofVirtual().name("test-ehr-output").start(() -> listen(process, ready));
        return ready;
    }

    /** Reads to the end, so that the server never waits for room in the pipe. */
    private static void listen(Process process, CompletableFuture<URI> ready) {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            output.lines()
                    .filter(line -> line.startsWith("READY "))
                    .forEach(line -> ready.complete(URI.create(line.substring("READY ".length()))));
            ready.completeExceptionally(new IOException("the server ended"));
        } catch (IOException | UncheckedIOException e) {
            ready.completeExceptionally(e);
        }
    }

    private static String end(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()));
    }

    private static void stop(Process process, Path log) throws IOException {
        process.destroyForcibly();
        try {
            if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("the test EHR, process " + process.pid() + ", does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Files.deleteIfExists(log);
    }
}
