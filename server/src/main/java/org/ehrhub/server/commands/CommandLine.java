package org.ehrhub.server.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.server.config.Configuration;

/**
 * The words after {@code ehr-hub}.
 *
 * @param command the first word
 * @param options the values of {@code --name value} and {@code --name=value}; of one that is given several times, a line each
 * @param operands the other words
 */
record CommandLine(String command, Map<String, String> options, List<String> operands) {
    /** Options that are there or not, and have no value. */
    private static final Set<String> FLAGS = Set.of("--content", "--as-is");

    private static final Path QUICK_START = Path.of("examples", "quickstart", Configuration.USUAL_NAME);

    /** Reads the words; {@code known} are the options the command has. */
    static CommandLine of(String command, List<String> words, Set<String> known) {
        var options = new HashMap<String, String>();
        var operands = new ArrayList<String>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            if (!word.startsWith("--")) {
                operands.add(word);
                continue;
            }
            var parts = word.split("=", 2);
            if (!known.contains(parts[0])) {
                throw new UsageProblem("`" + command + "` has no option " + parts[0]
                        + (known.isEmpty() ? "" : "; it has " + String.join(", ", known)));
            }
            options.merge(parts[0], value(parts, rest), (before, next) -> before + "\n" + next);
        }
        return new CommandLine(command, options, operands);
    }

    private static String value(String[] parts, Iterator<String> rest) {
        if (parts.length == 2) {
            return parts[1];
        }
        if (FLAGS.contains(parts[0])) {
            return "true";
        }
        if (!rest.hasNext()) {
            throw new UsageProblem(parts[0] + " needs a value");
        }
        return rest.next();
    }

    /** The configuration file to read. */
    Path configuration() {
        return Configuration.choose(
                Optional.ofNullable(options.get("--config")).map(Path::of).orElse(null), QUICK_START);
    }

    /** The port to use instead of the configured one. */
    Optional<Integer> port() {
        return Optional.ofNullable(options.get("--port")).map(text -> {
            if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
                throw new UsageProblem("--port needs a number from 0 to 65535; 0 takes a free one");
            }
            return Integer.valueOf(text);
        });
    }

    CommandLine withoutOperands() {
        if (!operands.isEmpty()) {
            throw new UsageProblem("`" + command + "` takes no further words");
        }
        return this;
    }
}
