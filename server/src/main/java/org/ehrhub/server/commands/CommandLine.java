package org.ehrhub.server.commands;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.server.config.Configuration;

/**
 * The words after {@code ehr-hub}.
 *
 * @param command the first word
 * @param options the values of {@code --name value} and {@code --name=value}
 * @param operands the other words
 */
record CommandLine(String command, Map<String, String> options, List<String> operands) {
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
            if (parts.length == 1 && !rest.hasNext()) {
                throw new UsageProblem(parts[0] + " needs a value");
            }
            options.put(parts[0], parts.length == 2 ? parts[1] : rest.next());
        }
        return new CommandLine(command, options, operands);
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
