package org.ehrhub.fhir.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.ChartAccess.Chart;
import org.ehrhub.adapters.ChartAccess.Question;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.ConditionList;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a server's labels and consents come to, as the hub hears of them. */
class ChartDoorsIT {
    private static final Reference ONE = Reference.parse("alpha/Patient/p1");
    private static final Reference TWO = Reference.parse("alpha/Patient/p2");
    private static final String CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    private static final String ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final CallContext call = ScriptedEhr.context();

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource({
        CONFIDENTIALITY + ",R,RESTRICTED",
        CONFIDENTIALITY + ",V,VERY_RESTRICTED",
        CONFIDENTIALITY + ",HIV,HIV",
        CONFIDENTIALITY + ",new,RESTRICTED",
        ACT + ",ETH,SUBSTANCE_USE",
        ACT + ",SUD,SUBSTANCE_USE",
        ACT + ",PSY,MENTAL_HEALTH",
        ACT + ",psy,MENTAL_HEALTH",
        ACT + ",PSYTHPN,MENTAL_HEALTH",
        ACT + ",HIV,HIV",
        ACT + ",SEX,SEXUAL_HEALTH",
        ACT + ",STD,SEXUAL_HEALTH",
        ACT + ",SDV,VIOLENCE",
        ACT + ",GDIS,GENETIC",
        ACT + ",TBOO,OTHER",
        ACT + ",something-new,OTHER",
        ",R,RESTRICTED",
        ",ETH,SUBSTANCE_USE"
    })
    void readsALabelOfARowForWhatItMeans(String system, String code, String meaning) {
        answers(bundle(condition("c1", label(system, code)) + "," + condition("c2", "")));

        var rows = ehr.call(ChartTools.CONDITIONS, new ConditionList(ONE, null, null, null, null), call);

        assertThat(rows).isInstanceOf(ToolResult.Ok.class);
        assertThat(call.sensitive().of(Reference.parse("alpha/Condition/c1")))
                .containsExactly(Sensitivity.valueOf(meaning));
        assertThat(call.sensitive().of(Reference.parse("alpha/Condition/c2"))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        CONFIDENTIALITY + ",N",
        CONFIDENTIALITY + ",U",
        ACT + ",NORDSCLCD",
        "https://hospital.example/labels,staff",
        ",staff"
    })
    void aLabelThatSpeaksOfNothingSensitiveHidesNothing(String system, String code) {
        answers(bundle(condition("c1", label(system, code))));

        ehr.call(ChartTools.CONDITIONS, new ConditionList(ONE, null, null, null, null), call);

        assertThat(call.sensitive().isEmpty()).isTrue();
    }

    @Test
    void aDocumentsOwnLabelCountsAsMuch() {
        answers("""
                {"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},
                 "securityLabel":[{"coding":[{"system":"%s","code":"R"}]}],
                 "content":[{"attachment":{"contentType":"text/plain","data":"aGk="}}]}""".formatted(CONFIDENTIALITY));

        ehr.call(DocumentTools.GET, new DocumentGet(Reference.parse("alpha/DocumentReference/d1"), null, null), call);

        assertThat(call.sensitive().of(Reference.parse("alpha/DocumentReference/d1")))
                .containsExactly(Sensitivity.RESTRICTED);
    }

    @Test
    void rawFhirIsLabelledAsWell() {
        answers(bundle(condition("c1", label(ACT, "HIV"))));

        ehr.call(FhirTools.QUERY, new FhirQuery("alpha", "Condition?patient=p1", null, null), call);

        assertThat(call.sensitive().of(Reference.parse("alpha/Condition/c1"))).containsExactly(Sensitivity.HIV);
    }

    @Test
    void whatCannotBeNamedMakesTheWholeAnswerSensitive() {
        answers(bundle(condition("c1", label(ACT, "HIV")).replace("\"id\":\"c1\",", "")));

        ehr.call(FhirTools.QUERY, new FhirQuery("alpha", "Condition?patient=p1", null, null), call);

        assertThat(call.sensitive().ofAll()).containsExactly(Sensitivity.HIV);
    }

    @Test
    void aListsOwnLabelIsThatOfItsRowsOrOfAllOfIt() {
        answers(bundle(condition("c1", label(ACT, "HIV")))
                .replace("\"type\":", label(CONFIDENTIALITY, "R") + "\"type\":"));
        ehr.call(ChartTools.CONDITIONS, new ConditionList(ONE, null, null, null, null), call);
        assertThat(call.sensitive().ofAll()).isEmpty();

        answers(bundle(condition("c1", "")).replace("\"type\":", label(CONFIDENTIALITY, "R") + "\"type\":"));
        ehr.call(ChartTools.CONDITIONS, new ConditionList(ONE, null, null, null, null), call);
        assertThat(call.sensitive().ofAll()).containsExactly(Sensitivity.RESTRICTED);
    }

    @Test
    void tellsWhichChartsThereAreAndHowTheyAreHeld() {
        answers("{\"resourceType\":\"Patient\"," + label(CONFIDENTIALITY, "R") + "\"id\":\"p1\"}");

        assertThat(ask(new Question(Set.of(ONE), false, null)).items())
                .containsExactly(new Chart(ONE, ChartAccess.Consent.SILENT));
        assertThat(call.sensitive().of(ONE)).containsExactly(Sensitivity.RESTRICTED);
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void asksForManyChartsAtOnceAndForNoneTwice() {
        answers(bundle("{\"resourceType\":\"Patient\",\"id\":\"p2\"}"));

        assertThat(ask(new Question(Set.of(ONE, TWO), false, null)).items())
                .extracting(Chart::patient)
                .containsExactly(TWO);
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void anAbsentChartIsNoChart() {
        ehr.server()
                .answers(request ->
                        request.target().contains("Consent") ? new Answer(200, bundle("")) : new Answer(404, "{}"));

        assertThat(ask(new Question(Set.of(ONE), true, "TREAT")).items()).isEmpty();
        assertThat(ehr.server().requests())
                .as("as many questions as of one that is there")
                .hasSize(2);
    }

    @Test
    void oneConsentThatDeniesWeighsMoreThanOneThatPermits() {
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        request.target().contains("Consent")
                                ? bundle(consent("permit") + "," + consent("deny"))
                                : "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"));

        assertThat(ask(new Question(Set.of(ONE), true, "TREAT")).items())
                .containsExactly(new Chart(ONE, ChartAccess.Consent.DENIES));
    }

    @Test
    void consentsThatCannotBeReadAreAFailure() {
        ehr.server()
                .answers(request -> request.target().contains("Consent")
                        ? new Answer(403, "{}")
                        : new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"));

        assertThat(ScriptedEhr.code(answer(new Question(Set.of(ONE), true, "TREAT"))))
                .isNotNull();
    }

    private Page<Chart> ask(Question question) {
        return ((ToolResult.Ok<Page<Chart>>) answer(question)).value();
    }

    private ToolResult<Page<Chart>> answer(Question question) {
        try {
            return ehr.adapter().charts().orElseThrow().ask(question, call);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    private void answers(String body) {
        ehr.server().answers(request -> new Answer(200, body));
    }

    private static String label(String system, String code) {
        return "\"meta\":{\"security\":[{%s\"code\":\"%s\"}]},"
                .formatted(system == null ? "" : "\"system\":\"" + system + "\",", code);
    }

    private static String condition(String id, String meta) {
        return """
                {"resourceType":"Condition",%s"id":"%s","subject":{"reference":"Patient/p1"},"code":{"text":"x"}}""".formatted(meta, id);
    }

    private static String consent(String type) {
        return """
                {"resourceType":"Consent","id":"%1$s","status":"active","scope":{"coding":[{"code":"patient-privacy"}]},
                 "category":[{"text":"x"}],"provision":{"type":"%1$s"}}""".formatted(type);
    }

    private static String bundle(String rows) {
        return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
                + rows.replaceAll("\\{\"resourceType\"", "{\"resource\":{\"resourceType\"")
                        .replaceAll("}(,\\{\"resource\":|$)", "}}$1")
                + "]}";
    }
}
