package org.ehrhub.server.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EhrHubTest {
    @TempDir
    Path folder;

    @Test
    void refusesAnUnknownCommandAndAnUnknownOptionInPlainWords() {
        assertThat(refused("strat")).isEqualTo("ehr-hub: There is no command `strat`; see `ehr-hub help`");
        assertThat(refused("stdio", "--port", "1")).isEqualTo("ehr-hub: `stdio` has no option --port; it has --config");
        assertThat(refused("start", "--port")).isEqualTo("ehr-hub: --port needs a value");
        assertThat(refused("call")).startsWith("ehr-hub: Use: ehr-hub call TOOL JSON");
        assertThat(refused("call", "ehr.list", "{"))
                .isEqualTo(
                        "ehr-hub: The arguments must be one JSON object, such as '{\"family\": \"Ng\"}'; mind the quotes");
    }

    @Test
    void showsEveryProblemOfTheConfiguration() throws IOException {
        var file = Files.writeString(folder.resolve("hub.yaml"), "server: {port: x}\ntime-limit: soon\n");

        assertThat(refused("start", "--config", file.toString()))
                .contains("hub.yaml:1: server.port: must be", "hub.yaml:2: time-limit: must be")
                .doesNotContain("at org.ehrhub");
    }

    @Test
    void readsOptionsInBothForms() {
        var line = CommandLine.of("start", List.of("--port=0", "--config", "a.yaml"), Set.of("--port", "--config"));

        assertThat(line.port()).contains(0);
        assertThat(line.configuration()).isEqualTo(Path.of("a.yaml"));
        assertThatThrownBy(() -> CommandLine.of("start", List.of("--port", "70000"), Set.of("--port"))
                        .port())
                .isInstanceOf(UsageProblem.class);
    }

    private static String refused(String... words) {
        var before = System.err;
        var said = new ByteArrayOutputStream();
        try (var err = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setErr(err);
            assertThat(EhrHub.run(List.of(words))).isEqualTo(Command.REFUSED);
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8).strip();
    }
}
