package org.ehrhub.testkit;

import java.lang.reflect.RecordComponent;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/**
 * An argument that narrows a list, and how it shows in the rows.
 *
 * @param argument the argument's name
 * @param component the component of the row that it is about
 */
record Narrowing(String argument, String component) {
    /** Arguments that narrow nothing, or that promises of their own are about. */
    private static final Set<String> OTHERS = Set.of("patient", "ehr", "cursor", "limit", "valueSet", "path", "filter");

    private static final List<String> TIMES = List.of("at", "start");

    /** The arguments of a list that its rows can be held to. */
    static Stream<Narrowing> of(CanonicalTool<?, ?> tool) {
        return Stream.of(tool.input().getRecordComponents())
                .map(RecordComponent::getName)
                .filter(argument -> !OTHERS.contains(argument))
                .map(argument -> new Narrowing(argument, component(tool, argument)));
    }

    private static String component(CanonicalTool<?, ?> tool, String argument) {
        var candidates = isTime(argument) ? TIMES : argument.equals("type") ? List.of("code") : List.of(argument);
        return candidates.stream()
                .filter(name -> Inputs.has(tool.output(), name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(
                        "The contract does not know how `" + argument + "` of " + tool.name() + " shows in a row"));
    }

    private static boolean isTime(String argument) {
        return argument.equals("from") || argument.equals("to");
    }

    boolean isTime() {
        return isTime(argument);
    }

    /** What a row would be asked for by; empty where the row does not show it. */
    Optional<Object> shown(Record row) {
        return Inputs.value(row, component)
                .flatMap(value -> isTime()
                        ? TimeSpan.parse(value.toString()).map(TimeSpan::start)
                        : Optional.ofNullable(plain(value)));
    }

    /** Whether a row that shows it honours what was asked; a time that is not exact honours what it may mean. */
    boolean honours(Record row, Object asked) {
        return Inputs.value(row, component)
                .filter(value -> asked instanceof OffsetDateTime limit ? inTime(value, limit) : fits(value, asked))
                .isPresent();
    }

    private boolean inTime(Object value, OffsetDateTime limit) {
        return TimeSpan.parse(value.toString())
                .filter(span -> argument.equals("from") ? span.mayReach(limit) : span.mayBeginBefore(limit))
                .isPresent();
    }

    private static boolean fits(Object value, Object asked) {
        var shown = plain(value);
        if (shown == null || asked instanceof Reference) {
            return asked.equals(shown);
        }
        var held = CodeToken.parse(shown.toString(), "row");
        return CodeToken.parse(asked.toString(), "argument").fits(held.system(), held.code());
    }

    private static @Nullable Object plain(Object value) {
        return switch (value) {
            case Coded coded -> coded.code();
            case Participant participant -> participant.ref();
            default -> value;
        };
    }
}
