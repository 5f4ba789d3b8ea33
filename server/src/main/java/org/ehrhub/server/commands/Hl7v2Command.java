package org.ehrhub.server.commands;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What interface teams do from a terminal: send files, and look into the journal of a running hub. */
final class Hl7v2Command implements Command {
    /** Options that any of its commands has. */
    static final Set<String> OPTIONS = Set.of(
            "--config",
            "--to",
            "--tls",
            "--as-is",
            "--answer-limit",
            "--channel",
            "--id",
            "--field",
            "--state",
            "--since",
            "--until",
            "--most",
            "--content",
            "--reason");

    private static final Set<String> SELECTION =
            Set.of("--config", "--channel", "--id", "--field", "--state", "--since", "--until", "--most");
    private static final Map<String, Set<String>> OF = new TreeMap<>(Map.of(
            "send", Set.of("--to", "--tls", "--as-is", "--answer-limit"),
            "tail", Set.of("--config", "--channel", "--content"),
            "search", with(SELECTION, "--content"),
            "replay", with(SELECTION, "--reason"),
            "stats", Set.of("--config"),
            "export", with(SELECTION, "--to"),
            "import", Set.of("--config", "--channel")));

    private static Set<String> with(Set<String> options, String other) {
        return Stream.concat(options.stream(), java.util.stream.Stream.of(other))
                .collect(Collectors.toUnmodifiableSet());
    }

    private final Consumer<String> out;

    Hl7v2Command() {
        this(Terminal::print);
    }

    /** What it says goes there line by line. */
    Hl7v2Command(Consumer<String> out) {
        this.out = out;
    }

    @Override
    public int run(CommandLine line) throws Exception {
        var verb = line.operands().isEmpty() ? "" : line.operands().getFirst();
        var known = OF.get(verb);
        if (known == null) {
            throw new UsageProblem(
                    "`hl7v2` needs one of " + String.join(", ", OF.keySet()) + "; see `ehr-hub help hl7v2`");
        }
        for (var option : line.options().keySet()) {
            if (!known.contains(option)) {
                throw new UsageProblem("`hl7v2 " + verb + "` has no option " + option + "; it has "
                        + known.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        var operands = line.operands().subList(1, line.operands().size());
        return switch (verb) {
            case "send" -> new SendMessages(line.options(), out).run(operands);
            default -> new JournalCommands(line, verb, out).run(operands);
        };
    }
}
