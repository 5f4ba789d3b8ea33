package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ehrhub.testkit.faults.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientTools;

/** Each argument of a list narrows it: to exactly the rows that fit, and to none where nothing fits. */
record NarrowingPromises(Bench bench) {
    private static final int VALUES = 3;
    private static final OffsetDateTime LONG_AGO = OffsetDateTime.parse("1801-01-01T00:00:00Z");

    Stream<Promise> all() {
        return bench.lists()
                .filter(tool -> !tool.equals(PatientTools.SEARCH))
                .flatMap(tool -> Narrowing.of(tool).flatMap(narrowing -> of(tool, narrowing)));
    }

    private Stream<Promise> of(CanonicalTool<?, ?> tool, Narrowing narrowing) {
        var words = "%s gives %%s `%s`".formatted(tool.name(), narrowing.argument());
        var promises = Stream.<Promise>builder();
        promises.add(new Promise(words.formatted("exactly the rows that fit"), () -> narrows(tool, narrowing)));
        promises.add(new Promise(words.formatted("nothing where nothing fits"), () -> empties(tool, narrowing)));
        if (bench.ehr().faults().contains(Fault.IGNORES_FILTERS)) {
            promises.add(new Promise(
                    words.formatted("no row that does not fit, although the EHR ignores it,"),
                    () -> checks(tool, narrowing)));
        }
        return promises.build();
    }

    private void narrows(CanonicalTool<?, ?> tool, Narrowing narrowing) {
        var whole = bench.samples().whole(tool);
        var rows = bench.calls().all(tool, whole);
        var values = values(rows, narrowing);

        assertThat(values).as("rows that show `" + narrowing.component() + "`").isNotEmpty();
        for (var value : values) {
            assertThat(bench.calls().all(tool, Inputs.with(whole, narrowing.argument(), value)))
                    .as("rows with `%s`", narrowing.argument())
                    .isNotEmpty()
                    .allSatisfy(row -> assertThat(narrowing.honours(row, value))
                            .as("row honours it")
                            .isTrue())
                    .containsAll(rows.stream()
                            .filter(row -> surely(narrowing, row, value))
                            .toList());
        }
    }

    private void checks(CanonicalTool<?, ?> tool, Narrowing narrowing) {
        var whole = bench.samples().whole(tool);
        var value = values(bench.calls().all(tool, whole), narrowing).getFirst();
        bench.ehr().fault(Fault.IGNORES_FILTERS, Fault.On.EVERYTHING);

        var result = bench.calls().read(tool, Inputs.with(whole, narrowing.argument(), value));

        if (result instanceof ToolResult.Ok<?>) {
            assertThat(((Page<?>) bench.calls().ok(tool, result)).items())
                    .allSatisfy(row ->
                            assertThat(narrowing.honours((Record) row, value)).isTrue());
        }
    }

    /** A few values that rows show; of times the one in the middle. */
    private static List<Object> values(List<Record> rows, Narrowing narrowing) {
        var shown = rows.stream()
                .flatMap(row -> narrowing.shown(row).stream())
                .distinct()
                .toList();
        if (!narrowing.isTime()) {
            return shown.stream().limit(VALUES).toList();
        }
        var times =
                new ArrayList<>(shown.stream().map(OffsetDateTime.class::cast).toList());
        times.sort(OffsetDateTime.timeLineOrder());
        return times.isEmpty() ? List.of() : List.of(times.get(times.size() / 2));
    }

    private static boolean surely(Narrowing narrowing, Record row, Object value) {
        return narrowing.honours(row, value)
                && (!narrowing.isTime()
                        || Inputs.value(row, narrowing.component())
                                .flatMap(time -> TimeSpan.parse(time.toString()))
                                .filter(TimeSpan::isExact)
                                .isPresent());
    }

    private void empties(CanonicalTool<?, ?> tool, Narrowing narrowing) {
        var whole = bench.samples().whole(tool);
        for (var input : nothing(tool, narrowing, whole)) {
            assertThat(bench.calls().all(tool, input)).isEmpty();
        }
    }

    /** Inputs that nothing fits; none where every word that may be asked for fits something. */
    private List<Record> nothing(CanonicalTool<?, ?> tool, Narrowing narrowing, Record whole) {
        var argument = narrowing.argument();
        if (narrowing.isTime()) {
            // Free times may be worked out for any day, but begin at round times only.
            var from = tool.equals(AppointmentTools.SLOT_SEARCH)
                    ? bench.ehr().freeTimes().from().withMinute(7).withSecond(1)
                    : LONG_AGO;
            return List.of(Inputs.with(whole, Map.of("from", from, "to", from.plusMinutes(1))));
        }
        if (Inputs.references(tool.input()).contains(argument)) {
            return List.of(Inputs.pointing(whole, argument, bench.ehr().name(), "nobody-has-this-id"));
        }
        var words = Inputs.words(tool.input(), argument);
        if (words.isEmpty()) {
            return List.of(Inputs.with(whole, argument, "urn:nobody:uses|no-such-code"));
        }
        var shown = bench.calls().all(tool, whole).stream()
                .flatMap(row -> narrowing.shown(row).stream())
                .toList();
        return words.stream()
                .filter(word -> !word.equals("any") && !shown.contains(word))
                .limit(1)
                .map(word -> Inputs.with(whole, argument, word))
                .toList();
    }
}
