package org.ehrhub.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A process that is stopped with this one at the latest. What it says goes to a log file. */
public final class ChildProcess implements AutoCloseable {
    private static final int STOP_SECONDS = 20;

    private final Process process;
    private final Path log;
    private final long startedNanos;
    private final Thread stopAtExit;

    private ChildProcess(Process process, Path log, long startedNanos) {
        this.process = process;
        this.log = log;
        this.startedNanos = startedNanos;
        this.stopAtExit = new Thread(process::destroyForcibly, "stop-child");
        Runtime.getRuntime().addShutdownHook(stopAtExit);
    }

    /**
     * What to start.
     *
     * @param name the first part of the log's name
     * @param directory where it runs
     * @param variables added to this process's own environment
     */
    public record Command(String name, Path directory, List<String> words, Map<String, String> variables) {}

    /** Starts a process whose input and output are pipes when {@code piped}; otherwise its output is logged too. */
    public static ChildProcess start(Command command, Path logs, boolean piped) {
        try {
            var log = Files.createTempFile(logs, command.name() + "-", ".log");
            var builder = new ProcessBuilder(command.words())
                    .directory(command.directory().toFile())
                    .redirectError(log.toFile());
            if (!piped) {
                builder.redirectErrorStream(true).redirectOutput(log.toFile());
            }
            builder.environment().putAll(command.variables());
            long started = System.nanoTime();
            return new ChildProcess(builder.start(), log, started);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process. */
    public Process process() {
        return process;
    }

    /** What {@link System#nanoTime()} was right before the start. */
    public long startedNanos() {
        return startedNanos;
    }

    /** The processor time it has used, of all its threads. */
    public Duration cpu() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** What it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fails when the process has ended.
     *
     * @throws IllegalStateException with the end of its log
     */
    public void mustRun() {
        if (!process.isAlive()) {
            var lines = log().lines().toList();
            throw new IllegalStateException("A process ended too early with exit code " + process.exitValue() + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        }
    }

    /** Asks the process to stop, waits, and ends it when it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
        if (!process.isAlive()) {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        }
    }
}
