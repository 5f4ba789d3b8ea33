package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.ToolResult;

/** A write writes what it was told, once, and can be found again. */
record WritePromises(Bench bench) {

    Stream<Promise> all() {
        return bench.writes()
                .flatMap(tool -> Stream.of(
                        new Promise(
                                tool.name() + " answers with what was written, as reading shows it",
                                () -> writes(tool)),
                        new Promise(
                                tool.name() + " is found again under its key, and under no other", () -> found(tool)),
                        new Promise(tool.name() + " writes once under one key", () -> once(tool))));
    }

    private void writes(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var before = bench.ehr().writes().size();

        var result = bench.calls().write(tool, input, ContractCalls.newKey());

        assertThat(bench.ehr().writes()).hasSizeGreaterThan(before);
        if (result instanceof ToolResult.Pending<?>(var reference)) {
            assertThat(reference).isNotBlank();
            return;
        }
        var answer = bench.calls().ok(tool, result);
        Answers.arePlausible(bench.ehr().name(), answer);
        Answers.echoes(input, answer);
        if (answer instanceof PatientRow row) {
            var asked = Inputs.value(input, "patient");
            assertThat(row.subject()).isEqualTo(asked.orElse(row.subject()));
        }
        new ReadBack(bench).of(answer).ifPresent(shown -> Answers.agree(answer, shown));
    }

    private void found(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var key = ContractCalls.newKey();

        assertThat(bench.calls().reconcile(tool, input, key)).as("before").isEmpty();
        var result = bench.calls().write(tool, input, key);
        assertThat(result).isNotInstanceOf(ToolResult.Failed.class);
        var found = bench.calls().reconcile(tool, input, key);

        assertThat(found.isPresent() || !bench.has(tool, Feature.WRITE_KEY_STORED))
                .as("found under the key that was stored with it")
                .isTrue();
        if (result instanceof ToolResult.Ok<?> ok && found.isPresent()) {
            assertThat(found.get()).isInstanceOf(tool.output());
            Answers.agree(ok.value(), found.get());
        }
        // A change may be found done whoever did it; what is new is only the key's.
        if (!VersionPromises.changes(tool)) {
            assertThat(bench.calls().reconcile(tool, input, ContractCalls.newKey()))
                    .as("under another key")
                    .isEmpty();
        }
    }

    /** As the hub does it: it looks before it repeats, and where it may repeat the EHR or the adapter knows the key. */
    private void once(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var key = ContractCalls.newKey();
        var first = bench.calls().write(tool, input, key);
        if (!(first instanceof ToolResult.Ok<?> ok) || !bench.has(tool, Feature.WRITE_KEY_STORED)) {
            return;
        }

        var second = bench.calls().write(tool, input, key);

        if (second instanceof ToolResult.Ok<?> again) {
            assertThat(Answers.own(again.value())).isEqualTo(Answers.own(ok.value()));
        } else {
            assertThat(ContractCalls.code(second)).isEqualTo(ErrorCode.CONFLICT);
        }
        assertThat(bench.calls().reconcile(tool, input, key))
                .hasValueSatisfying(held -> assertThat(Answers.own(held)).isEqualTo(Answers.own(ok.value())));
    }
}
