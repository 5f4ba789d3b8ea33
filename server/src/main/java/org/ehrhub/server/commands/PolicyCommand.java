package org.ehrhub.server.commands;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.Purposes;
import org.ehrhub.policy.VisibleFields;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;

/** Says what the policy file makes of one tool for one caller, and by which line. Reads the files alone, beside any hub. */
final class PolicyCommand implements Command {
    static final Set<String> OPTIONS = Set.of("--config", "--as", "--scope", "--patient", "--purpose", "--at");
    private static final String USE =
            "Use: ehr-hub policy explain --as ROLE TOOL EHR, such as: ehr-hub policy explain --as nurse patient.get stmarys";

    /** What policy says, in sentences. */
    record Explained(boolean allowed, List<String> lines) {}

    @Override
    public int run(CommandLine line) {
        var explained = explained(line);
        explained.lines().forEach(Terminal::print);
        return explained.allowed() ? DONE : FAILED;
    }

    static Explained explained(CommandLine line) {
        var words = line.operands();
        if (words.size() != 3 || !words.getFirst().equals("explain")) {
            throw new UsageProblem(USE);
        }
        var configuration = Configurations.load(line.configuration());
        var tool = ToolCatalog.canonical()
                .find(words.get(1))
                .orElseThrow(
                        () -> new UsageProblem("There is no tool `" + words.get(1) + "`; docs/tools.md has them all"));
        if (!configuration.settings().ehrs().containsKey(words.get(2))) {
            throw new UsageProblem("There is no EHR `" + words.get(2) + "` in " + configuration.file());
        }
        var decision = configuration.policy().decide(caller(line), tool, words.get(2), at(line));
        var lines = new ArrayList<>(lines(decision, tool, words.get(2), place(configuration)));
        if (configuration.settings().listed().find(tool.name()).isEmpty()) {
            lines.add("not offered: `server.profiles` leaves this tool out, so nobody can call it");
        }
        return new Explained(decision.allowed(), lines);
    }

    private static List<String> lines(Decision decision, CanonicalTool<?, ?> tool, String ehr, String file) {
        var by = decision.line() > 0 ? file + ":" + decision.line() : file;
        if (!decision.allowed()) {
            return List.of("DENIED: " + tool.name() + " on " + ehr + ", by " + by + ": " + decision.why());
        }
        var lines = new ArrayList<>(allowed(decision, tool, ehr, by));
        if (decision.hidden().size() < Sensitivity.values().length) {
            lines.add("sensitive records shown: " + shown(decision.hidden()));
        }
        if (decision.glass() != null) {
            lines.add("closed charts: can be opened by break-glass, by " + file + ":"
                    + decision.glass().line());
        }
        return lines;
    }

    private static String shown(Set<Sensitivity> hidden) {
        return Stream.of(Sensitivity.values())
                .filter(reason -> !hidden.contains(reason))
                .map(reason -> reason.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .collect(Collectors.joining(", "));
    }

    private static List<String> allowed(Decision decision, CanonicalTool<?, ?> tool, String ehr, String by) {
        var concerned = tool.isConnector() ? decision.withheld() : withheld(decision, tool);
        return List.of(
                "ALLOWED: " + tool.name() + " on " + ehr + ", by " + by,
                "fields withheld: " + (concerned.isEmpty() ? "none" : names(concerned)),
                "approval: "
                        + switch (decision.approval()) {
                            case NONE -> "not needed";
                            case PERSON -> "a person's";
                            case FOUR_EYES -> "of another person than the caller (four-eyes)";
                        });
    }

    private static Set<FieldGroup> withheld(Decision decision, CanonicalTool<?, ?> tool) {
        var groups = VisibleFields.groups(tool.output());
        groups.retainAll(decision.withheld());
        return groups;
    }

    private static String names(Set<FieldGroup> groups) {
        return groups.stream()
                .sorted()
                .map(group -> group.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String place(Configuration configuration) {
        var file = configuration.settings().policy();
        return file == null ? "no policy file" : String.valueOf(file.getFileName());
    }

    private static Caller caller(CommandLine line) {
        var purpose = line.options().get("--purpose");
        if (purpose != null && !Purposes.isCode(purpose)) {
            throw new UsageProblem("--purpose needs a code of HL7 PurposeOfUse, such as TREAT");
        }
        return new Caller(
                "explain",
                Set.copyOf(listed(line, "--as")),
                null,
                null,
                Set.copyOf(listed(line, "--scope")),
                listed(line, "--patient").stream().map(PolicyCommand::patient).collect(Collectors.toSet()),
                purpose);
    }

    private static List<String> listed(CommandLine line, String option) {
        return Optional.ofNullable(line.options().get(option)).stream()
                .flatMap(value -> Arrays.stream(value.split("[,\\s]+")))
                .filter(word -> !word.isEmpty())
                .distinct()
                .toList();
    }

    private static Reference patient(String text) {
        try {
            return Reference.parse(text).of("Patient", "patient");
        } catch (InvalidArgument e) {
            throw new UsageProblem("--patient needs ehr/Patient/id, as another tool returned it");
        }
    }

    private static Instant at(CommandLine line) {
        try {
            var text = line.options().get("--at");
            return text == null ? Instant.now() : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new UsageProblem("--at needs a time with its offset, such as 2026-03-02T22:00:00Z");
        }
    }
}
