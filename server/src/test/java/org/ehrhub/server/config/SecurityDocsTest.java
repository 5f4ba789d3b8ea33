package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/security.md to the tests that it names. */
class SecurityDocsTest {
    private static final Pattern TEST = Pattern.compile("`([A-Z][A-Za-z0-9]+(?:Test|IT))`");

    @Test
    void everyTestThatTheDocsNameIsThere() throws IOException {
        var named = TEST.matcher(Files.readString(Path.of("../docs/security.md")))
                .results()
                .map(MatchResult::group)
                .map(name -> name.replace("`", "") + ".java")
                .collect(Collectors.toSet());
        try (var files = Files.walk(Path.of(".."))) {
            var there = files.filter(file -> file.toString().contains("/src/test/"))
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toSet());

            assertThat(named).hasSizeGreaterThan(20).isSubsetOf(there);
        }
    }

    @Test
    void everyThreatNamesATest() throws IOException {
        assertThat(Files.readAllLines(Path.of("../docs/security.md")))
                .filteredOn(line -> line.matches("\\| [STRIDE] \\|.*"))
                .hasSizeGreaterThan(20)
                .allMatch(line -> TEST.matcher(line).find());
    }
}
