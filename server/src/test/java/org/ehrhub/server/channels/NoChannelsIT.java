package org.ehrhub.server.channels;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.ehrhub.server.commands.EhrHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub without channels pays nothing for them. */
class NoChannelsIT {
    @TempDir
    private Path folder;

    @Test
    void nothingOfMllpAndOfChannelsIsLoadedWhereThereIsNoChannel() throws Exception {
        var loaded = loaded("data-dir: data\nserver: {port: 0}\n");

        assertThat(loaded).anyMatch(line -> line.contains("org.ehrhub.server.Hub "));
        assertThat(loaded)
                .filteredOn(line -> line.contains("org.ehrhub.mllp.")
                        || line.contains("org.ehrhub.hl7v2.")
                        || line.contains("org.ehrhub.server.channels."))
                .isEmpty();
    }

    private List<String> loaded(String configuration) throws IOException, InterruptedException {
        var file = Files.writeString(folder.resolve("ehr-hub.yaml"), configuration);
        var log = folder.resolve("loaded");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:disable",
                        "-Xlog:class+load:file=" + log,
                        "-cp",
                        System.getProperty("java.class.path"),
                        EhrHub.class.getName(),
                        "start",
                        "--config",
                        file.toString())
                .redirectErrorStream(true)
                .start();
        try (var out = process.inputReader()) {
            var said = new StringBuilder();
            for (var line = out.readLine(); line != null; line = out.readLine()) {
                said.append(line).append('\n');
                if (line.contains("EHR Hub is ready")) {
                    return Files.readAllLines(log);
                }
            }
            throw new IOException("The hub did not start:\n" + said);
        } finally {
            process.destroyForcibly();
            process.waitFor();
        }
    }
}
