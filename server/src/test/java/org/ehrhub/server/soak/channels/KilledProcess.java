package org.ehrhub.server.soak.channels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A {@link ChannelProcess} that is killed and started again, on the same port and the same data. */
final class KilledProcess implements AutoCloseable {
    private final Path folder;
    private final String database;
    private final int port;
    private final int destination;
    private @Nullable Process process;

    KilledProcess(Path folder, String database, int port, int destination) {
        this.folder = folder;
        this.database = database;
        this.port = port;
        this.destination = destination;
    }

    int port() {
        return port;
    }

    /** Starts it and waits until it is ready. */
    void start() throws IOException {
        Files.createDirectories(folder);
        var log = folder.resolveSibling(folder.getFileName() + ".log");
        var begun = new ProcessBuilder(command())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        process = begun;
        var lines = begun.inputReader();
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals("ready")) {
                Thread.ofVirtual().start(() -> lines.lines().forEach(said -> {}));
                return;
            }
        }
        throw new IllegalStateException("It did not start:\n" + Files.readString(log));
    }

    private List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                ChannelProcess.class.getName(),
                folder.toString(),
                database,
                Integer.toString(port),
                Integer.toString(destination));
    }

    /** Ends it as a failing machine does: SIGKILL. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
