package org.ehrhub.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;

/** A write that changes a record says which version it would change, and changes no other. */
record VersionPromises(Bench bench) {
    private static final Set<String> CHANGING =
            Set.of(AppointmentTools.CANCEL.name(), AppointmentTools.RESCHEDULE.name());

    Stream<Promise> all() {
        var changing = bench.writes().filter(VersionPromises::changes).flatMap(tool -> {
            var bound = new Promise(
                    tool.name() + " says which version it would change, and another once it has", () -> binds(tool));
            var stale = new Promise(
                    tool.name() + " refuses a version that is stale, and changes nothing", () -> stale(tool));
            return Inputs.has(tool.input(), "version") ? Stream.of(bound, stale) : Stream.of(bound);
        });
        return bench.has(FhirTools.WRITE)
                ? Stream.concat(
                        changing,
                        Stream.of(new Promise(
                                "fhir.write refuses to update a version that is stale", this::staleResource)))
                : changing;
    }

    /** Whether it changes a record rather than adds one. */
    static boolean changes(CanonicalTool<?, ?> tool) {
        return CHANGING.contains(tool.name()) || (Inputs.has(tool.input(), "version") && !tool.equals(FhirTools.WRITE));
    }

    private void binds(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var before = bench.calls().currentVersion(tool, input);
        var result = bench.calls().write(tool, input, ContractCalls.newKey());
        bench.calls().ok(tool, result);

        assertThat(before.isPresent() || !hasVersions(result))
                .as("the version of a record of an EHR that has versions")
                .isTrue();
        if (before.isPresent()) {
            assertThat(bench.calls().currentVersion(tool, input)).isNotEqualTo(before);
        }
    }

    private static boolean hasVersions(ToolResult<?> result) {
        return result instanceof ToolResult.Ok<?> ok && ok.from().version() != null;
    }

    private void stale(CanonicalTool<?, ?> tool) {
        var input = bench.samples().of(tool);
        var seen = Inputs.with(
                input, "version", bench.calls().currentVersion(tool, input).orElseThrow());
        bench.calls().ok(tool, bench.calls().write(tool, seen, ContractCalls.newKey()));
        var now = bench.calls().currentVersion(tool, input);

        assertThat(ContractCalls.code(bench.calls().write(tool, seen, ContractCalls.newKey())))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(bench.calls().currentVersion(tool, input)).isEqualTo(now);
    }

    private void staleResource() {
        var created = (FhirResource) bench.calls()
                .ok(
                        FhirTools.WRITE,
                        bench.calls()
                                .write(FhirTools.WRITE, bench.samples().of(FhirTools.WRITE), ContractCalls.newKey()));
        var update = new FhirWrite(
                bench.ehr().name(),
                "update",
                null,
                created.ref(),
                created.version(),
                new FhirJson(created.resource().text().replace("\"preliminary\"", "\"final\"")),
                null,
                null,
                null,
                null);

        bench.calls().ok(FhirTools.WRITE, bench.calls().write(FhirTools.WRITE, update, ContractCalls.newKey()));
        assertThat(ContractCalls.code(bench.calls().write(FhirTools.WRITE, update, ContractCalls.newKey())))
                .isEqualTo(ErrorCode.CONFLICT);
    }
}
