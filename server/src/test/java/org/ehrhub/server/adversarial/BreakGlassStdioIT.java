package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ehrhub.server.commands.EhrHub;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A closed chart opened by a program at the hub's stdin, and what the hub keeps and says of it. */
class BreakGlassStdioIT {
    @Test
    @Timeout(90)
    void opensAClosedChartAndKeepsWhy(@TempDir Path folder) throws Exception {
        try (var clinic = new Clinic(Files.createDirectory(folder.resolve("clinic")))) {
            var own = Files.createDirectory(folder.resolve("own"));
            Files.copy(clinic.configuration(), own.resolve("ehr-hub.yaml"));
            Files.copy(clinic.configuration().resolveSibling("policy.yaml"), own.resolve("policy.yaml"));

            var said = talk(own, """
                    {'jsonrpc':'2.0','id':2,'method':'tools/call','params':{'name':'condition_list','arguments':{'patient':'a/Patient/p2'}}}
                    {'jsonrpc':'2.0','id':3,'method':'tools/call','params':{'name':'condition_list','arguments':{'patient':'a/Patient/p2'},'_meta':%s}}
                    """.formatted(RoleCasesIT.glass("p2", "ETREAT", Instant.now())));

            assertThat(said).anyMatch(line -> line.contains("\"id\":2") && line.contains("DENIED"));
            assertThat(said).anyMatch(line -> line.contains("\"id\":3") && line.contains("CLOSEDMARK"));
            var trail = run(own, "audit", "export");
            assertThat(trail)
                    .filteredOn(line -> line.contains("BREAK_GLASS"))
                    .singleElement()
                    .asString()
                    .contains("ETREAT", "policy.yaml:", "condition.list", "os:")
                    .doesNotContain("Patient/p2", "collapsed");
            assertThat(run(own, "audit", "search"))
                    .filteredOn(line -> line.contains("BREAK_GLASS"))
                    .singleElement()
                    .asString()
                    .contains("collapsed at home, no history");
            assertThat(Files.readString(own.resolve("errors")))
                    .contains("BREAK GLASS")
                    .doesNotContain("collapsed")
                    .doesNotContain("p2");
        }
    }

    private static List<String> talk(Path folder, String messages) throws Exception {
        var process = process(folder, "stdio");
        try (var in = process.outputWriter()) {
            in.write("""
                    {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
                    {"jsonrpc":"2.0","method":"notifications/initialized"}
                    """);
            in.write(messages.replace('\'', '"'));
        }
        return lines(process);
    }

    private static List<String> run(Path folder, String... words) throws Exception {
        return lines(process(folder, words));
    }

    private static List<String> lines(Process process) throws InterruptedException {
        var lines = process.inputReader().lines().toList();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    private static Process process(Path folder, String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                EhrHub.class.getName()));
        command.addAll(List.of(words));
        command.addAll(List.of("--config", folder.resolve("ehr-hub.yaml").toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("errors").toFile()))
                .start();
    }
}
