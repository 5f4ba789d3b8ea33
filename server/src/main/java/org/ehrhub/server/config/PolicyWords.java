package org.ehrhub.server.config;

import java.time.DateTimeException;
import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.Purposes;
import org.ehrhub.policy.SmartScope;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolProfile;
import org.jspecify.annotations.Nullable;

/** The words of a policy file, each read and checked where it stands. */
final class PolicyWords {
    private static final String EVERY = "*";

    private PolicyWords() {}

    /** The name of an EHR of this configuration, or {@code *}. */
    record KnownEhr(String name) {
        boolean isEvery() {
            return name.equals(EVERY);
        }
    }

    /** The canonical name of a tool that writes. */
    record WriteTool(String name) {}

    /** What tools a word stands for: one by its name, or every one that a risk or a profile has. */
    record ToolWord(String word, Set<String> tools, boolean reads, boolean byName) {}

    /** A code of HL7 v3 PurposeOfUse. */
    record Purpose(String code) {}

    /** A role; with a list of roles in the file, one of them. */
    record Role(String name) {}

    /** Hours of a day. */
    record Span(LocalTime from, LocalTime to) {}

    /** Why a record is sensitive; {@code all} for whatever reason. */
    record SensitiveWord(Set<Sensitivity> reasons) {}

    /** The readers of these words. */
    static ValueReaders readers(ValueReaders readers, Set<String> ehrs, Set<String> roles) {
        return readers.add(KnownEhr.class, (value, found) -> ehr(value, ehrs, found))
                .add(WriteTool.class, PolicyWords::writeTool)
                .add(ToolWord.class, PolicyWords::toolWord)
                .add(Purpose.class, PolicyWords::purpose)
                .add(SensitiveWord.class, PolicyWords::sensitive)
                .add(Role.class, (value, found) -> role(value, roles, found))
                .add(SmartScope.class, PolicyWords::scope)
                .add(
                        Span.class,
                        ValueReader.ofText("hours of two different times such as 07:00-19:00", PolicyWords::span));
    }

    private static @Nullable KnownEhr ehr(YamlValue value, Set<String> ehrs, Problems problems) {
        var text = text(value);
        if (text.equals(EVERY) || ehrs.contains(text)) {
            return new KnownEhr(text);
        }
        problems.add(value.place(), "is no EHR of this configuration; " + Spelling.suggest(text, ehrs));
        return null;
    }

    private static @Nullable WriteTool writeTool(YamlValue value, Problems problems) {
        var text = text(value);
        var tool = ToolCatalog.canonical().find(text);
        if (tool.isEmpty()) {
            problems.add(value.place(), "is no tool that writes; " + Spelling.suggest(text, names(false)));
            return null;
        }
        if (tool.get().risk() == Risk.READ) {
            problems.add(value.place(), "is a tool that reads; `reads: true` allows it, so remove it here");
            return null;
        }
        return new WriteTool(tool.get().name());
    }

    private static @Nullable ToolWord toolWord(YamlValue value, Problems problems) {
        var text = text(value);
        var tool = ToolCatalog.canonical().find(text);
        if (tool.isPresent()) {
            var reads = tool.get().risk() == Risk.READ;
            return new ToolWord(text, Set.of(tool.get().name()), reads, true);
        }
        var many = tools(text);
        if (many.isEmpty()) {
            var known = Stream.concat(
                            Stream.of("reads", "writes", "clinical", "scheduling", "coverage", "connector"),
                            ToolCatalog.canonical().tools().stream().map(CanonicalTool::name))
                    .toList();
            problems.add(value.place(), "is no tool, profile or risk; " + Spelling.suggest(text, known));
            return null;
        }
        var reads = many.stream().allMatch(one -> one.risk() == Risk.READ);
        return new ToolWord(text, many.stream().map(CanonicalTool::name).collect(Collectors.toSet()), reads, false);
    }

    private static List<CanonicalTool<?, ?>> tools(String word) {
        var all = ToolCatalog.canonical().tools().stream();
        return switch (word) {
            case "reads" -> all.filter(tool -> tool.risk() == Risk.READ).toList();
            case "writes" -> all.filter(tool -> tool.risk() != Risk.READ).toList();
            default -> profile(word).map(one -> all.filter(one::holds).toList()).orElse(List.of());
        };
    }

    private static Optional<ToolProfile> profile(String word) {
        return Stream.of(ToolProfile.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst();
    }

    private static @Nullable Purpose purpose(YamlValue value, Problems problems) {
        var text = text(value);
        if (Purposes.isCode(text)) {
            return new Purpose(text);
        }
        problems.add(
                value.place(),
                "is no code of HL7 PurposeOfUse; use one such as TREAT, ETREAT, HPAYMT, HOPERAT or HRESCH");
        return null;
    }

    private static @Nullable SensitiveWord sensitive(YamlValue value, Problems problems) {
        if (text(value).equals("all")) {
            return new SensitiveWord(Set.of(Sensitivity.values()));
        }
        var known = Stream.of(Sensitivity.values())
                .collect(Collectors.toMap(reason -> Spelling.kebab(reason.name()), reason -> reason));
        var reason = known.get(text(value));
        if (reason == null) {
            problems.add(value.place(), "must be one of all, " + String.join(", ", new TreeSet<>(known.keySet())));
        }
        return reason == null ? null : new SensitiveWord(Set.of(reason));
    }

    private static @Nullable Role role(YamlValue value, Set<String> roles, Problems problems) {
        var text = text(value);
        if (text.isBlank()) {
            problems.add(value.place(), "must be the name of a role");
            return null;
        }
        if (!roles.isEmpty() && !text.equals(EVERY) && !roles.contains(text)) {
            problems.add(value.place(), "is none of the file's `roles`; " + Spelling.suggest(text, roles));
            return null;
        }
        return new Role(text);
    }

    private static @Nullable SmartScope scope(YamlValue value, Problems problems) {
        var scope = SmartScope.parse(text(value));
        if (scope.isEmpty()) {
            problems.add(
                    value.place(),
                    "is no SMART scope that the hub can hold to; write one such as patient/Observation.rs or user/*.read,"
                            + " without a search behind it");
        }
        return scope.orElse(null);
    }

    private static Span span(String text) {
        var parts = text.split("-", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException();
        }
        try {
            var span = new Span(LocalTime.parse(parts[0].strip()), LocalTime.parse(parts[1].strip()));
            if (span.from().equals(span.to())) {
                throw new IllegalArgumentException();
            }
            return span;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static String text(YamlValue value) {
        return value instanceof YamlValue.Scalar scalar ? scalar.text() : "";
    }

    static List<String> names(boolean reads) {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> (tool.risk() == Risk.READ) == reads)
                .map(CanonicalTool::name)
                .toList();
    }
}
