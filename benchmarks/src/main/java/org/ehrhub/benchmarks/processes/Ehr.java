package org.ehrhub.benchmarks.processes;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.ehrhub.sandbox.SandboxServer;

/**
 * An EHR as a process of its own.
 *
 * @param process the process
 * @param base its FHIR base address
 */
public record Ehr(ChildProcess process, URI base) implements AutoCloseable {
    private static final long PATIENCE_NANOS = 180_000_000_000L;
    private static final Pattern ST_MARYS = Pattern.compile("^(http://\\S+/stmarys/\\S+)$", Pattern.MULTILINE);
    private static final Pattern READY = Pattern.compile("^READY (http://\\S+)$", Pattern.MULTILINE);

    /** The sandbox; the address is that of St. Mary's. */
    public static Ehr sandbox(Workplace place) throws InterruptedException {
        return start(place, System.getProperty("java.class.path"), List.of(SandboxServer.class.getName()), ST_MARYS);
    }

    /** HAPI FHIR JPA of {@code test-ehr}, from its jar, which holds its class path; empty. */
    public static Ehr hapiJpa(Workplace place, Path jar) throws IOException, InterruptedException {
        try (var file = new JarFile(jar.toFile());
                var libraries = file.getInputStream(file.getEntry("org/ehrhub/testehr/server.classpath"))) {
            var classPath = jar.toAbsolutePath()
                    + File.pathSeparator
                    + new String(libraries.readAllBytes(), StandardCharsets.UTF_8).strip();
            return start(place, classPath, List.of("org.ehrhub.testehr.TestEhrServer", "--until-stdin-closes"), READY);
        }
    }

    private static Ehr start(Workplace place, String classPath, List<String> main, Pattern ready)
            throws InterruptedException {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g"));
        words.addAll(main);
        var command = new ChildProcess.Command("ehr", place.root(), words, Map.of("CLASSPATH", classPath));
        var process = ChildProcess.start(command, place.logs(), false);
        while (System.nanoTime() - process.startedNanos() < PATIENCE_NANOS) {
            process.mustRun();
            var base = ready.matcher(process.log());
            if (base.find()) {
                return new Ehr(process, URI.create(base.group(1)));
            }
            Thread.sleep(20);
        }
        process.close();
        throw new IllegalStateException("The EHR does not say where it is after three minutes");
    }

    @Override
    public void close() {
        process.close();
    }
}
