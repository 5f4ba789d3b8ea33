package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.PatientRow;

/** A list is the same whatever its pages are, counts right, and holds nobody else's rows. */
record ListPromises(Bench bench) {
    private static final int FEW = 3;
    private static final int MOST_PAGES = 20;

    Stream<Promise> all() {
        return bench.lists()
                .flatMap(tool -> Stream.concat(
                        Stream.of(
                                new Promise(
                                        tool.name() + " pages through the same rows whatever the limit",
                                        () -> pages(tool)),
                                new Promise(tool.name() + " counts its rows right, or not at all", () -> counts(tool))),
                        ofOnePatient(tool)));
    }

    private Stream<Promise> ofOnePatient(CanonicalTool<?, ?> tool) {
        return PatientRow.class.isAssignableFrom(tool.output()) && Inputs.has(tool.input(), "patient")
                ? Stream.of(
                        new Promise(tool.name() + " gives each patient only that patient's rows", () -> belongs(tool)))
                : Stream.empty();
    }

    private void pages(CanonicalTool<?, ?> tool) {
        var input = bench.samples().whole(tool);
        var large = bench.calls().all(tool, input);

        assertThat(large).as("rows to be tried on").isNotEmpty();
        assertThat(bench.calls().all(tool, input, Math.max(FEW, large.size() / MOST_PAGES)))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(large);
    }

    private void counts(CanonicalTool<?, ?> tool) {
        var input = bench.samples().whole(tool);
        var rows = bench.calls().all(tool, input).size();

        for (int limit : new int[] {1, FEW, 100}) {
            var first = bench.calls().page(tool, Inputs.with(input, "limit", limit), null);
            assertThat(first.total().orElse(rows))
                    .as("total with limit " + limit)
                    .isEqualTo(rows);
            assertThat(first.complete())
                    .as("complete with limit " + limit)
                    .isEqualTo(first.items().size() == rows);
        }
    }

    private void belongs(CanonicalTool<?, ?> tool) {
        var input = bench.samples().whole(tool);
        for (var patient : new Object[] {bench.ehr().chart(), bench.ehr().other()}) {
            assertThat(bench.calls().all(tool, Inputs.with(input, "patient", patient)))
                    .allSatisfy(row -> assertThat(((PatientRow) row).subject()).isEqualTo(patient));
        }
    }
}
