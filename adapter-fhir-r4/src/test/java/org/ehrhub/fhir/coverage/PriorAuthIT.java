package org.ehrhub.fhir.coverage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.fhir.Handlers.call;
import static org.ehrhub.fhir.Handlers.reconcile;
import static org.ehrhub.fhir.coverage.Calls.failure;
import static org.ehrhub.fhir.coverage.Calls.under;
import static org.ehrhub.fhir.coverage.Calls.value;

import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.fhir.ScriptedServer.Script;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.PriorAuth;
import org.ehrhub.tools.coverage.PriorAuthStatus;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for prior authorisation and claims as they are sent, and decisions as they come back. */
class PriorAuthIT {
    private static final PriorAuthSubmit REQUEST = new PriorAuthSubmit(
            Reference.parse("alpha/ServiceRequest/o1"),
            Reference.parse("alpha/Coverage/c1"),
            "icd10cm|G43.909",
            3,
            "Failed two drugs.",
            null,
            null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void sendsAClaimWithWhatItPointsAt() {
        answers(request -> decided("\"preAuthRef\":\"A77\",", review("A1")));

        assertThat(value(submit()).number()).isEqualTo("A77");

        var sent = ehr.server().requests().stream()
                .filter(request -> request.target().endsWith("/Claim/$submit"))
                .toList();
        assertThat(sent)
                .singleElement()
                .extracting(Request::body)
                .asString()
                .contains(
                        "\"type\":\"collection\"",
                        "\"use\":\"preauthorization\"",
                        "\"timestamp\":",
                        "\"identifier\":{\"system\":\"urn:ehrhub:write-key\",\"value\":\"k1\"}",
                        "\"patient\":{\"reference\":\"Patient/p1\"}",
                        "\"insurer\":{\"reference\":\"Organization/pay\"}",
                        "\"provider\":{\"reference\":\"PractitionerRole/r1\"}",
                        "\"priority\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/processpriority\",\"code\":\"stat\"}]}",
                        "extension-requestedService\",\"valueReference\":{\"reference\":\"ServiceRequest/o1\"}",
                        "extension-certificationType",
                        "\"productOrService\":{\"coding\":[{\"system\":\"http://www.ama-assn.org/go/cpt\",\"code\":\"70551\"}]}",
                        "\"servicedDate\":\"2026-03-09\"",
                        "\"quantity\":{\"value\":3}",
                        "\"valueString\":\"Failed two drugs.\"",
                        "\"code\":\"G43.909\"",
                        "/fhir/Patient/p1\"",
                        "/fhir/Practitioner/d1\"",
                        "/fhir/Organization/org\"")
                .doesNotContain("told", "dG9sZA");
        assertThat(sent.getFirst().body().indexOf("\"resourceType\":\"Claim\""))
                .isLessThan(sent.getFirst().body().indexOf("\"resourceType\":\"Patient\""));
    }

    @ParameterizedTest
    @CsvSource({
        "A1, approved",
        "A2, partial",
        "A3, denied",
        "A4, pended",
        "A6, modified",
        "C, cancelled",
        "CT, pended",
        "ZZ, error",
        "A1 A3, partial",
        "A1 A6, modified",
        "A1 A4, pended",
        "A3 A3, denied",
        "'', error"
    })
    void readsTheDecisionFromTheReviewOfEachItem(String codes, String decision) {
        var items = Stream.of(codes.split(" ")).filter(code -> !code.isEmpty()).map(PriorAuthIT::review);
        answers(request ->
                decided("", items.reduce((one, other) -> one + "," + other).orElse("")));

        var told = submit();

        assertThat(value(told).decision()).isEqualTo(decision);
        assertThat(value(told).items()).hasSize((int)
                Stream.of(codes.split(" ")).filter(code -> !code.isEmpty()).count());
    }

    @ParameterizedTest
    @CsvSource({
        "400, REJECTED_BY_EHR",
        "422, REJECTED_BY_EHR",
        "404, UNSUPPORTED",
        "503, OUTCOME_UNKNOWN",
        "0, OUTCOME_UNKNOWN"
    })
    void sendsARequestOnceWhateverBecomesOfIt(int status, ErrorCode code) {
        answers(request -> new Answer(status, "{\"resourceType\":\"OperationOutcome\"}"));

        assertThat(failure(submit())).isEqualTo(code);
        assertThat(posts()).isEqualTo(1);
    }

    @Test
    void namesARejectReasonByItsKind() {
        answers(request -> new Answer(200, response("error", "", """
                "error":[{"code":{"coding":[{"system":"https://codesystem.x12.org/005010/901","code":"75"}]}}],""")));
        assertThat(failure(submit())).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void sendsNothingForAnOrderThatIsDoneOrSaysTooLittle() {
        var order = ChartRecords.ALL.get("ServiceRequest/o1");
        assertThat(failure(with(order.replace("\"active\"", "\"completed\"")))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(failure(with(order.replace("\"active\"", "\"entered-in-error\""))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(failure(with(order.replace("PractitionerRole/r1", "Patient/p1"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(failure(with(order.replace("\"Patient/p1\"", "\"Patient/p2\""))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(failure(with(
                        order.replace("\"coding\"", "\"extension\"").replace("\"code\":{", "\"note\":[],\"x\":{"))))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(posts()).isZero();
    }

    @Test
    void neverSendsAgainWhatMayBeSent() {
        answers(request -> ChartRecords.nothing());

        assertThatThrownBy(() -> reconcile(ehr.adapter(), CoverageTools.PRIOR_AUTH_SUBMIT, REQUEST, under("k1")))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    @Test
    void followsADecisionThatTheEhrDoesNotKeepByAskingThePayer() {
        answers(request -> request.method().equals("POST")
                ? decided("", review(request.target().endsWith("$inquire") ? "A1" : "A4"))
                : request.target().contains("?") ? ChartRecords.nothing() : new Answer(404, "{}"));
        var pended = value(submit());
        assertThat(pended.ref()).hasToString("alpha/ClaimResponse/inquire_o1_c1_k1");

        ToolResult<PriorAuth> followed =
                call(ehr.adapter(), CoverageTools.PRIOR_AUTH_STATUS, new PriorAuthStatus(pended.ref()), under("k2"));

        assertThat(value(followed).decision()).isEqualTo("approved");
        assertThat(value(followed).ref()).isEqualTo(pended.ref());
        assertThat(ehr.server().requests().getLast().body())
                .contains("\"identifier\":[{\"system\":\"urn:ehrhub:write-key\",\"value\":\"k1\"}]");
    }

    @ParameterizedTest
    @CsvSource({"Patient/p1, 2026-03-02, a1", "Patient/p2, 2026-03-02,", "Patient/p1, 2025-01-01,"})
    void takesNoRecordOfTheSameIdForTheDecisionUnlessItIsTheDecision(String patient, String created, String id) {
        var held = response("complete", review("A1"), "")
                .replace("Patient/p1", patient)
                .replace("2026-03-02", created);
        answers(request -> request.method().equals("POST")
                ? new Answer(200, response("complete", review("A1"), ""))
                : request.target().contains("?") ? ChartRecords.nothing() : new Answer(200, held));

        assertThat(value(submit()).ref().id()).isEqualTo(id == null ? "inquire_o1_c1_k1" : id);
    }

    @Test
    void asksForNoDecisionOfAnotherEhrOrOfAnotherKind() {
        for (var id : List.of(
                "beta/ClaimResponse/inquire_o1_c1_k1",
                "alpha/ClaimResponse/inquire_.._c1_k1",
                "alpha/ClaimResponse/a_b")) {
            assertThat(failure(call(
                            ehr.adapter(),
                            CoverageTools.PRIOR_AUTH_STATUS,
                            new PriorAuthStatus(Reference.parse(id)),
                            under("k"))))
                    .isEqualTo(ErrorCode.INVALID_INPUT);
        }
        assertThat(ehr.server().requests()).isEmpty();
        answers(request -> new Answer(200, response("complete", "", "").replace("preauthorization", "claim")));
        assertThat(failure(call(
                        ehr.adapter(),
                        CoverageTools.PRIOR_AUTH_STATUS,
                        new PriorAuthStatus(Reference.parse("alpha/ClaimResponse/a1")),
                        under("k"))))
                .isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void takesNoDecisionAboutSomebodyElse() {
        answers(request -> new Answer(200, response("complete", "", "").replace("Patient/p1", "Patient/p2")));

        assertThat(failure(submit())).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    private ToolResult<PriorAuth> submit() {
        return call(ehr.adapter(), CoverageTools.PRIOR_AUTH_SUBMIT, REQUEST, under("k1"));
    }

    private ToolResult<PriorAuth> with(String order) {
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        request.target().endsWith("/ServiceRequest/o1")
                                ? order
                                : ChartRecords.ALL.getOrDefault(request.target().substring("/fhir/".length()), "{}")));
        return submit();
    }

    private long posts() {
        return ehr.server().requests().stream()
                .filter(request -> request.method().equals("POST"))
                .count();
    }

    private void answers(Script rest) {
        ChartRecords.given(ehr, rest);
    }

    private static Answer decided(String more, String items) {
        return new Answer(200, """
                {"resourceType":"Bundle","type":"collection","entry":[{"fullUrl":"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11",
                 "resource":%s}]}""".formatted(response("complete", items, more).replace("\"id\":\"a1\",", "")));
    }

    private static String response(String outcome, String items, String more) {
        return """
                {"resourceType":"ClaimResponse","id":"a1","status":"active","use":"preauthorization","outcome":"%s",%s
                 "patient":{"reference":"Patient/p1"},"created":"2026-03-02","item":[%s]}""".formatted(outcome, more, items);
    }

    private static String review(String code) {
        return """
                {"itemSequence":1,"adjudication":[{"category":{"coding":[{"code":"submitted"}]},"extension":[{
                 "url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewAction","extension":[{
                  "url":"http://hl7.org/fhir/us/davinci-pas/StructureDefinition/extension-reviewActionCode",
                  "valueCodeableConcept":{"coding":[{"system":"https://codesystem.x12.org/005010/306","code":"%s"}]}}]}]}]}""".formatted(code);
    }
}
