package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** {@code ehr-hub stdio} as a client starts it. */
class StdioIT {
    @Test
    @Timeout(90)
    void writesNothingButMessagesToStdout(@TempDir Path folder) throws Exception {
        var examples = Path.of("..", "examples", "quickstart");
        Files.copy(examples.resolve("policy.yaml"), folder.resolve("policy.yaml"));
        Files.writeString(
                folder.resolve("ehr-hub.yaml"),
                Files.readString(examples.resolve("ehr-hub.yaml")).replace("../../data", "data"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EhrHub.class.getName(),
                        "stdio",
                        "--config",
                        folder + File.separator + "ehr-hub.yaml")
                .redirectError(folder.resolve("errors").toFile())
                .start();
        try (var in = process.outputWriter()) {
            in.write("""
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                    {"jsonrpc":"2.0","method":"notifications/initialized"}
                    this is no message
                    {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"patient_search","arguments":{"family":"Hill"}}}
                    {"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"patient_get","arguments":{"patient":"nope/Patient/1"}}}
                    """);
        }

        var lines = process.inputReader().lines().toList();

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(lines)
                .hasSize(4)
                .allSatisfy(line -> assertThat(
                                new JsonMapper().readTree(line).path("jsonrpc").asString())
                        .isEqualTo("2.0"));
    }
}
