package org.ehrhub.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ehrhub.benchmarks.Options.Part;

/** The page of results: of each part what its last whole run found. */
final class Results {
    private static final Pattern BLOCK =
            Pattern.compile("<!-- part: (\\w+) -->\n(.*?)(?=<!-- part: |\\z)", Pattern.DOTALL);
    private static final String HEAD = """
            # Benchmark results

            Written by `./check bench`, each part by its last run that was not `--quick`; run it again to repeat.
            """;

    private final Map<Part, String> parts = new EnumMap<>(Part.class);

    private Results() {}

    /** The page as it is; empty where there is none. */
    static Results in(Path file) throws IOException {
        var results = new Results();
        if (Files.exists(file)) {
            BLOCK.matcher(Files.readString(file))
                    .results()
                    .forEach(block ->
                            results.parts.put(part(block), block.group(2).strip()));
        }
        return results;
    }

    private static Part part(MatchResult block) {
        return Part.valueOf(block.group(1).toUpperCase(Locale.ROOT));
    }

    /** Puts what a part found in the place of what it found before. */
    Results with(Part part, String found) {
        parts.put(part, found.strip());
        return this;
    }

    @Override
    public String toString() {
        var blocks = new ArrayList<>(List.of(HEAD));
        parts.entrySet().stream()
                .sorted(Comparator.comparing(Map.Entry::getKey))
                .map(entry -> "<!-- part: %s -->\n%s\n"
                        .formatted(entry.getKey().name().toLowerCase(Locale.ROOT), entry.getValue()))
                .forEach(blocks::add);
        return String.join("\n", blocks);
    }
}
