package org.ehrhub.benchmarks.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.ehrhub.benchmarks.ehr.MedplumServer;

/** The checkout that is measured, and a folder for configurations, data and logs that goes with the run. */
public final class Workplace implements AutoCloseable {
    /** All load comes of one caller, in a hurry. */
    private static final String UNLIMITED =
            "limits: {caller: {at-once: 0, calls-per-second: 0, writes-per-day: 0, rows-per-day: 0}}\n";

    private final Path root;
    private final Path folder;

    private Workplace(Path root, Path folder) {
        this.root = root;
        this.folder = folder;
    }

    /** A workplace for the checkout in the current directory. */
    public static Workplace open() {
        try {
            return new Workplace(Path.of("").toAbsolutePath(), Files.createTempDirectory("bench"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The root of the checkout. */
    public Path root() {
        return root;
    }

    /** Where logs go. */
    public Path logs() {
        return folder;
    }

    /** A configuration like the quick start's: the hub with its two embedded EHRs. */
    public Path quickStart() {
        return configuration(
                Map.of("stmarys", "sandbox:stmarys", "lakeside", "sandbox:lakeside"), "sandbox: {port: 0}\n");
    }

    /** A configuration with EHRs at these addresses, each under its name. */
    public Path withEhrs(Map<String, String> addresses) {
        return configuration(addresses, "");
    }

    /** The same with this group {@code store}. */
    public Path withEhrs(Map<String, String> addresses, String store) {
        return configuration(addresses, store);
    }

    /** A configuration for commands that reach no EHR, with this group {@code store}, or the usual store when it is empty. */
    public Path withStore(String group) {
        return configuration(Map.of("nowhere", "http://127.0.0.1:1"), group);
    }

    /** A configuration with this Medplum as its EHR, whose secret the hub finds in the environment. */
    public Path withMedplum(String ehr, MedplumServer medplum) {
        return written(
                Map.of(
                        ehr,
                        "{type: medplum, base-url: \"%s\", auth: {client-id: \"%s\", client-secret: env:%s}}"
                                .formatted(medplum.base(), medplum.clientId(), MedplumServer.SECRET)),
                "");
    }

    private Path configuration(Map<String, String> addresses, String more) {
        var settings = new LinkedHashMap<String, String>();
        addresses.forEach((ehr, address) -> settings.put(ehr, "{type: fhir-r4, base-url: \"%s\"}".formatted(address)));
        return written(settings, more);
    }

    /** Each has a folder and so a data directory of its own. */
    private Path written(Map<String, String> settings, String more) {
        var ehrs = new StringBuilder("ehrs:\n");
        var policy = new StringBuilder("allow:\n");
        settings.forEach((ehr, own) -> {
            ehrs.append("  %s: %s\n".formatted(ehr, own));
            policy.append("  - {ehr: %s, reads: true}\n".formatted(ehr));
        });
        try {
            var place = Files.createTempDirectory(folder, "hub");
            Files.writeString(place.resolve("policy.yaml"), policy);
            return Files.writeString(
                    place.resolve("ehr-hub.yaml"), "data-dir: data\npolicy: policy.yaml\n" + UNLIMITED + more + ehrs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A port that was free just now. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
