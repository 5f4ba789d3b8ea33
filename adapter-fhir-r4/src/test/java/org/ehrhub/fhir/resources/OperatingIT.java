package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.ChartAccess.Owned;
import org.ehrhub.adapters.ChartAccess.Written;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirOperation;
import org.ehrhub.tools.fhir.FhirOperationOutcome;
import org.ehrhub.tools.fhir.FhirTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Operations that the settings do not call reads: run by a tool that writes, and once. */
class OperatingIT {
    private static final String PARAMETERS =
            "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"subject\",\"valueReference\":{\"reference\":\"alpha/Patient/p1\"}}]}";

    private final ScriptedEhr ehr = ScriptedEhr.running(
            List.of(new Operation("PlanDefinition/$apply", null), new Operation("Patient/$everything", true)),
            List.of());

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void runsItByPostAndTellsWhatItAnswered() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Bundle","type":"collection","entry":[
                 {"resource":{"resourceType":"CarePlan","id":"c1","status":"draft","intent":"plan"}},
                 {"resource":{"resourceType":"Task","id":"t1","status":"draft","intent":"plan"}}]}"""));

        var outcome = ok(run("PlanDefinition/$apply", new Reference("alpha", "PlanDefinition", "d1"), PARAMETERS));

        assertThat(ehr.server().requests()).singleElement().satisfies(request -> {
            assertThat(request.method()).isEqualTo("POST");
            assertThat(request.target()).isEqualTo("/fhir/PlanDefinition/d1/$apply");
            assertThat(request.body()).contains("\"reference\":\"Patient/p1\"");
        });
        assertThat(outcome.records())
                .extracting(Reference::toString)
                .containsExactly("alpha/CarePlan/c1", "alpha/Task/t1");
        assertThat(outcome.values()).isNull();
    }

    @Test
    void givesValuesAndNoRecordsWithinThem() {
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"count\",\"valueInteger\":3}]}"));
        assertThat(ok(run("PlanDefinition/$apply", null, null)).values())
                .satisfies(values -> assertThat(values.text()).contains("\"valueInteger\":3"));

        ehr.server()
                .answers(
                        request -> new Answer(
                                200,
                                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"return\",\"resource\":{\"resourceType\":\"Goal\",\"id\":\"g1\"}}]}"));
        var outcome = ok(run("PlanDefinition/$apply", null, null));
        assertThat(outcome.values()).isNull();
        assertThat(outcome.records()).extracting(Reference::toString).containsExactly("alpha/Goal/g1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Patient/$everything",
                "PlanDefinition/$Apply",
                "PlanDefinition/d1/$apply",
                "PlanDefinition/$apply?x=1",
                "PlanDefinition/$apply/$execute",
                "Bot/$execute",
                "Agent/$push",
                "Patient/$expunge",
                "$apply",
                "../PlanDefinition/$apply",
                "https://evil.example/PlanDefinition/$apply"
            })
    void runsNothingThatTheSettingsDoNotHold(String operation) {
        assertThat(ScriptedEhr.code(run(operation, null, null))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Bundle\",\"type\":\"batch\"}",
                "{\"resourceType\":\"Subscription\",\"status\":\"requested\"}",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\",\"valueReference\":{\"reference\":\"https://evil.example/Patient/1\"}}]}",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"a\",\"valueReference\":{\"reference\":\"beta/Patient/1\"}}]}",
                "{\"resourceType\":\"Robot\"}",
                "no"
            })
    void sendsNoBodyThatReachesFurther(String body) {
        assertThat(ScriptedEhr.code(run("PlanDefinition/$apply", null, body))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    @Test
    void doesNotKnowWhatBecameOfOneWhoseAnswerWasLost() {
        ehr.server().answers(request -> new Answer(0, ""));
        assertThat(ScriptedEhr.code(run("PlanDefinition/$apply", null, null))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        assertThatThrownBy(() -> ehr.reconcile(FhirTools.OPERATION, input("PlanDefinition/$apply", null, null)))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void isAboutEveryPatientWhomItsParametersName() {
        var words = PARAMETERS.replace("]}", ",{\"name\":\"other\",\"valueString\":\"Patient/p2\"}]}");
        var written = new Written(Set.of(), List.of(new FhirJson(words)));

        var owned = ehr.adapter().charts().orElseThrow().owners(written, ScriptedEhr.context());

        assertThat(owned)
                .isInstanceOfSatisfying(
                        ToolResult.Ok.class,
                        ok -> assertThat(((Page<?>) ok.value()).items())
                                .singleElement()
                                .isEqualTo(new Owned(
                                        null,
                                        Set.of(
                                                Reference.parse("alpha/Patient/p1"),
                                                Reference.parse("alpha/Patient/p2")))));
    }

    @Test
    void isNotThereWhereTheSettingsHoldOnlyReads() {
        try (var reading = ScriptedEhr.running(List.of(new Operation("Patient/$everything", true)), List.of())) {
            assertThat(reading.adapter().handlers().names()).doesNotContain("fhir.operation");
        }
    }

    @Test
    void takesNoRecordOfAnotherType() {
        assertThatThrownBy(() -> input("PlanDefinition/$apply", new Reference("alpha", "Patient", "p1"), null))
                .isInstanceOf(InvalidArgument.class);
    }

    private ToolResult<FhirOperationOutcome> run(String operation, @Nullable Reference record, @Nullable String body) {
        return ehr.call(FhirTools.OPERATION, input(operation, record, body));
    }

    private static FhirOperation input(String operation, @Nullable Reference record, @Nullable String body) {
        return new FhirOperation("alpha", operation, record, body == null ? null : new FhirJson(body), null, null);
    }

    private static FhirOperationOutcome ok(ToolResult<FhirOperationOutcome> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<FhirOperationOutcome>) result).value();
    }
}
