package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.fhir.Handlers.call;
import static org.ehrhub.fhir.Handlers.reconcile;
import static org.ehrhub.fhir.coverage.Calls.failure;
import static org.ehrhub.fhir.coverage.Calls.under;
import static org.ehrhub.fhir.coverage.Calls.value;

import java.time.Duration;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.fhir.ScriptedServer.Script;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageList;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.Eligibility;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of payers as EHRs pass them on, right and wrong. */
class PayerAnswersIT {
    private static final EligibilityCheck CHECK =
            new EligibilityCheck(Reference.parse("alpha/Coverage/c1"), null, null, null, null);
    private static final String COVERAGE = """
            {"resourceType":"Coverage","id":"c1","status":"active","beneficiary":{"reference":"Patient/p1"},
             "payor":[{"reference":"Organization/pay"}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource({
        "42, EHR_UNAVAILABLE",
        "80, EHR_UNAVAILABLE",
        "58, NOT_FOUND",
        "64, NOT_FOUND",
        "67, NOT_FOUND",
        "71, NOT_FOUND",
        "72, NOT_FOUND",
        "75, NOT_FOUND",
        "77, NOT_FOUND",
        "41, DENIED",
        "79, DENIED",
        "43, REJECTED_BY_EHR",
        "51, REJECTED_BY_EHR",
        "33, REJECTED_BY_EHR",
        "62, REJECTED_BY_EHR"
    })
    void namesThePayersReasonByItsKind(String reason, ErrorCode code) {
        submitAnswers(answer("error", "p1", insurance("\"inforce\":false,"), reason));

        ToolResult<Eligibility> told = check();

        assertThat(failure(told)).isEqualTo(code);
        assertThat(told.toString()).doesNotContain("Ada");
        if (code == ErrorCode.EHR_UNAVAILABLE) {
            assertThat(told.toString()).contains("The payer did not answer", "Nothing was changed");
        }
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void takesNoAnswerWithAnErrorForOneAboutCoverage() {
        submitAnswers(answer("error", "p1", insurance("\"inforce\":false,"), ""));

        ToolResult<Eligibility> told = check();

        assertThat(value(told).inForce()).isNull();
        assertThat(value(told).benefits()).isEmpty();
        assertThat(((ToolResult.Ok<?>) told).warnings())
                .singleElement()
                .asString()
                .contains("did not say");
    }

    @Test
    void saysInForceOnlyAsThePayerDidOfThisCoverage() {
        submitAnswers(answer("complete", "p1", insurance(""), ""));
        assertThat(value(check()).inForce()).isNull();

        submitAnswers(answer("complete", "p1", insurance("\"inforce\":true,"), ""));
        assertThat(value(check()).inForce()).isTrue();

        submitAnswers(
                answer("complete", "p1", insurance("\"inforce\":false,").replace("Coverage/c1", "Coverage/c2"), ""));
        assertThat(value(check()).inForce()).isNull();
    }

    @Test
    void withholdsAnAnswerAboutSomebodyElse() {
        submitAnswers(answer("complete", "p2", insurance("\"inforce\":true,"), ""));

        assertThat(failure(check())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"status\":\"active\"", "\"coverage\":"})
    void withholdsAnAnswerWhoseMeaningAModifierMayTurn(String before) {
        var modifier = "\"modifierExtension\":[{\"url\":\"urn:example:not\",\"valueBoolean\":true}],";
        submitAnswers(
                answer("complete", "p1", insurance("\"inforce\":true,"), "").replace(before, modifier + before));

        assertThat(failure(check())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({"400, REJECTED_BY_EHR", "422, REJECTED_BY_EHR", "500, OUTCOME_UNKNOWN", "0, OUTCOME_UNKNOWN"})
    void sendsARequestOnceWhateverBecomesOfIt(int status, ErrorCode code) {
        answers(request -> request.method().equals("POST")
                ? new Answer(status, "{\"resourceType\":\"OperationOutcome\"}")
                : request.target().endsWith("metadata") ? statement(true) : searchset());

        assertThat(failure(check())).isEqualTo(code);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void keepsTheRequestWhereTheServerSaysThatItDoesNotSubmit() {
        answers(request -> {
            if (request.target().endsWith("$submit")) {
                return new Answer(400, "{}");
            }
            if (request.method().equals("POST")) {
                return new Answer(
                        201,
                        "",
                        ehr.server().url("/fhir/CoverageEligibilityRequest/r1").toString());
            }
            if (request.target().endsWith("metadata")) {
                return statement(false);
            }
            return request.target().contains("CoverageEligibilityResponse")
                    ? searchset(answer("complete", "p1", insurance("\"inforce\":true,"), ""))
                    : searchset();
        });

        assertThat(value(check()).inForce()).isTrue();
        assertThat(value(check()).inForce()).isTrue();
        assertThat(ehr.server().requests())
                .extracting(Request::target)
                .filteredOn(target -> target.endsWith("$submit"))
                .hasSize(1);
        assertThat(ehr.server().requests())
                .filteredOn(request -> request.headers().containsKey("if-none-exist"))
                .hasSize(2)
                .allSatisfy(request -> assertThat(request.body())
                        .contains(
                                "urn:ehrhub:write-key",
                                "\"purpose\":[\"validation\",\"benefits\"]",
                                "\"patient\":{\"reference\":\"Patient/p1\"}",
                                "\"insurer\":{\"reference\":\"Organization/pay\"}"));
    }

    @Test
    void goesOnPollingAnAnswerThatIsQueued() {
        answers(request -> {
            if (request.method().equals("POST")) {
                return new Answer(200, answer("queued", "p1", insurance(""), ""));
            }
            return request.target().contains("CoverageEligibilityResponse")
                    ? searchset(answer("queued", "p1", insurance(""), ""))
                    : searchset();
        });

        ToolResult<Eligibility> told =
                call(ehr.adapter(), CoverageTools.ELIGIBILITY, CHECK, Calls.within("k1", Duration.ofMillis(1500)));

        assertThat(told).isEqualTo(new ToolResult.Pending<Eligibility>("alpha/CoverageEligibilityRequest/r1"));
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void cannotTellWhetherAPayerWasAskedWhereTheEhrKeepsNothing() {
        answers(request -> request.target().contains("metadata") ? statement(true) : searchset());

        assertThatThrownBy(() -> reconcile(ehr.adapter(), CoverageTools.ELIGIBILITY, CHECK, under("k1")))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    @Test
    void knowsThatAPayerWasNotAskedWhereTheEhrWouldHaveKeptTheRequest() {
        answers(request -> request.target().contains("metadata") ? statement(false) : searchset());

        assertThat(reconcile(ehr.adapter(), CoverageTools.ELIGIBILITY, CHECK, under("k1")))
                .isEmpty();
    }

    @Test
    void asksNobodyAboutCoverageWithoutAPatientOrAPayer() {
        for (var broken : new String[] {
            COVERAGE.replace("Patient/p1", "Group/g1"),
            COVERAGE.replace("Organization/pay", "Patient/p1"),
            COVERAGE.replace("\"active\"", "\"entered-in-error\"")
        }) {
            ehr.server().answers(request -> new Answer(200, broken));
            assertThat(failure(check())).isIn(ErrorCode.UNSUPPORTED, ErrorCode.NOT_FOUND);
        }
        assertThat(posts()).isZero();
    }

    @Test
    void showsNobodyElsesInsurance() {
        ehr.server()
                .answers(request -> searchset(
                        COVERAGE,
                        COVERAGE.replace("Patient/p1", "Patient/p2").replace("c1", "c2"),
                        COVERAGE.replace("\"active\"", "\"entered-in-error\"").replace("c1", "c3")));

        ToolResult<Page<Coverage>> listed = call(
                ehr.adapter(),
                CoverageTools.LIST,
                new CoverageList(Reference.parse("alpha/Patient/p1"), null, null, null),
                under("k"));

        assertThat(value(listed).items()).hasSize(1);
        assertThat(value(listed).warnings())
                .containsExactly(
                        "The EHR ignored a filter: 1 row that did not match was left out.",
                        "Left out: 1 row that was entered in error.");
        assertThat(ehr.server().requests().getFirst().target())
                .isEqualTo("/fhir/Coverage?patient=Patient%2Fp1&_count=20");
    }

    private ToolResult<Eligibility> check() {
        return call(ehr.adapter(), CoverageTools.ELIGIBILITY, CHECK, under("k1"));
    }

    private long posts() {
        return ehr.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    private void submitAnswers(String response) {
        answers(request -> request.method().equals("POST") ? new Answer(200, response) : searchset());
    }

    private void answers(Script rest) {
        ehr.server()
                .answers(request ->
                        request.target().equals("/fhir/Coverage/c1") ? new Answer(200, COVERAGE) : rest.to(request));
    }

    private static Answer statement(boolean submits) {
        var operation = "{\"name\":\"%s\",\"definition\":\"urn:x\"}".formatted(submits ? "submit" : "other");
        return new Answer(200, """
                {"resourceType":"CapabilityStatement","rest":[{"mode":"server","resource":[{"type":"Coverage"},
                 {"type":"CoverageEligibilityRequest","operation":[%s]},{"type":"CoverageEligibilityResponse"}]}]}""".formatted(operation));
    }

    private static String insurance(String inforce) {
        return "\"insurance\":[{" + inforce + "\"coverage\":{\"reference\":\"Coverage/c1\"}}],";
    }

    private static String answer(String outcome, String patient, String insurance, String reason) {
        var error = reason.isEmpty()
                ? ""
                : "\"error\":[{\"code\":{\"text\":\"Ada Hill\",\"coding\":[{\"system\":\"https://codesystem.x12.org/005010/901\",\"code\":\""
                        + reason + "\"}]}}],";
        return """
                {"resourceType":"CoverageEligibilityResponse","id":"a1","status":"active","outcome":"%s",%s%s
                 "request":{"reference":"CoverageEligibilityRequest/r1"},"patient":{"reference":"Patient/%s"}}""".formatted(outcome, insurance, error, patient);
    }

    private static Answer searchset(String... resources) {
        var entries = java.util.stream.Stream.of(resources)
                .map("{\"resource\":%s}"::formatted)
                .toList();
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + String.join(",", entries) + "]}");
    }
}
