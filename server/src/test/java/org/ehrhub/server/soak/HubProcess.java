package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A hub as a process of its own: {@code ehr-hub start}, of the build where there is one to be used, else of these classes. */
final class HubProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("EHR Hub is ready: (\\S+)");
    private static final Path BUILT = Path.of("target", "hub", "ehr-hub.jar");
    private static final Path CACHE = Path.of("target", "hub", "ehr-hub.aot");

    private final Process process;
    private final URI mcp;

    private HubProcess(Process process, URI mcp) {
        this.process = process;
        this.mcp = mcp;
    }

    /** Starts it and waits until it is ready. */
    static HubProcess start(Path configuration) throws IOException {
        var log = configuration.resolveSibling("hub.log").toFile();
        var process = new ProcessBuilder(command("start", "--port", "0", "--config", configuration.toString()))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
        var lines = process.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            var ready = READY.matcher(line);
            if (ready.find()) {
                return new HubProcess(process, URI.create(ready.group(1)));
            }
        }
        throw new IllegalStateException("The hub did not start:\n" + Files.readString(log.toPath()));
    }

    /** Runs another command to its end and gives what it printed; its exit code must be 0. */
    static String run(Path configuration, String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--config", configuration.toString()));
        var process = new ProcessBuilder(command(all.toArray(String[]::new)))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static List<String> command(String... words) {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-Xmx512m", "-XX:TieredStopAtLevel=1", "-Xlog:disable"));
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        if (Boolean.getBoolean("soak.built")) {
            command.addAll(List.of("-XX:+UseCompactObjectHeaders", "-XX:AOTCache=" + CACHE, "-XX:AOTMode=auto"));
            command.addAll(List.of("-jar", BUILT.toString()));
        } else {
            command.addAll(List.of("-cp", System.getProperty("java.class.path")));
            command.add("org.ehrhub.server.commands.EhrHub");
        }
        command.addAll(List.of(words));
        return command;
    }

    URI mcp() {
        return mcp;
    }

    /** Ends it as a failing machine does: SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
