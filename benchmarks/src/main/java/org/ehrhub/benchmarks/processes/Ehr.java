package org.ehrhub.benchmarks.processes;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.ehrhub.sandbox.SandboxServer;

/**
 * The EHR behind the hub: the sandbox as a process of its own.
 *
 * @param process the process
 * @param base the FHIR base address of its site St. Mary's
 */
public record Ehr(ChildProcess process, URI base) implements AutoCloseable {
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    /** Starts it and waits until it has said where it is. */
    public static Ehr start(Workplace place) throws InterruptedException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var words = List.of(
                java,
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                SandboxServer.class.getName());
        var process =
                ChildProcess.start(new ChildProcess.Command("ehr", place.root(), words, Map.of()), place.logs(), false);
        while (System.nanoTime() - process.startedNanos() < PATIENCE_NANOS) {
            process.mustRun();
            var base = process.log()
                    .lines()
                    .filter(line -> line.startsWith("http") && line.contains("stmarys"))
                    .findFirst();
            if (base.isPresent()) {
                return new Ehr(process, URI.create(base.get().strip()));
            }
            Thread.sleep(20);
        }
        process.close();
        throw new IllegalStateException("The sandbox does not say where it is after a minute");
    }

    @Override
    public void close() {
        process.close();
    }
}
