package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Holds the table of pitfalls in the README to the tests that it names, and the tests to their pitfalls. */
class PitfallTableTest {
    private static final int PITFALLS = 15;
    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*\\|([^|]+)\\|$");
    private static final Pattern QUOTED = Pattern.compile("`(\\w+)`");
    private static final Pattern SAID = Pattern.compile("Pitfalls? [\\d, and]+");

    @Test
    void eachPitfallHasATestThatIsNamedAfterIt() throws IOException {
        var rows = ROW.matcher(Files.readString(Path.of("README.md"))).results().toList();

        assertThat(rows)
                .extracting(row -> row.group(1))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, PITFALLS)
                        .mapToObj(Integer::toString)
                        .toList());
        for (var row : rows) {
            assertThat(tests(row))
                    .as("tests of pitfall " + row.group(1))
                    .isNotEmpty()
                    .allSatisfy(test -> assertThat(told(source(test))).as(test).contains(row.group(1)));
        }
    }

    private static List<String> tests(MatchResult row) {
        return QUOTED.matcher(row.group(2))
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String source(String test) throws IOException {
        try (var files = Files.walk(Path.of("src", "test", "java"))) {
            return Files.readString(files.filter(file -> file.endsWith(test + ".java"))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("There is no " + test)));
        }
    }

    /** The numbers of the pitfalls that a test says it is about. */
    private static List<String> told(String source) {
        return SAID.matcher(source)
                .results()
                .flatMap(said -> Pattern.compile("\\d+").matcher(said.group()).results())
                .map(MatchResult::group)
                .toList();
    }
}
