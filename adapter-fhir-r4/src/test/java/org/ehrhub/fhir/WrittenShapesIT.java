package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.VitalRecord;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.messages.MessageTools;
import org.ehrhub.tools.orders.OrderDraft;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.questionnaires.QuestionnaireTools;
import org.ehrhub.tools.tasks.TaskTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes on the wire: US Core's shapes, drafts as drafts, and an agent's words marked as such. */
class WrittenShapesIT {
    private static final Reference PATIENT = Reference.parse("alpha/Patient/p1");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void draftsANoteForReview() throws Exception {
        var note = sent(DocumentTools.DRAFT_NOTE, NewRecords.note(PATIENT, null));

        assertThat(note.at("/status").asText()).isEqualTo("current");
        assertThat(note.at("/docStatus").asText()).isEqualTo("preliminary");
        assertThat(note.at("/type/coding/0/code").asText()).isEqualTo("11506-3");
        assertThat(note.at("/category/0/coding/0/code").asText()).isEqualTo("clinical-note");
        assertThat(note.at("/author/0/type").asText()).isEqualTo("Device");
        assertThat(note.at("/content/0/attachment/contentType").asText()).isEqualTo("text/plain");
        var text =
                Base64.getDecoder().decode(note.at("/content/0/attachment/data").asText());
        assertThat(new String(text, StandardCharsets.UTF_8)).isEqualTo("First line\nÄrger, 5 µg");
        assertThat(isMarked(note)).isTrue();
    }

    @Test
    void writesABloodPressureAsAPanelOfTwo() throws Exception {
        var vital = sent(ChartTools.RECORD_VITAL, NewRecords.pressure(PATIENT));

        assertThat(vital.at("/code/coding/0/code").asText()).isEqualTo("85354-9");
        assertThat(vital.has("valueQuantity")).isFalse();
        assertThat(vital.at("/component/0/code/coding/0/code").asText()).isEqualTo("8480-6");
        assertThat(vital.at("/component/1/code/coding/0/code").asText()).isEqualTo("8462-4");
        assertThat(vital.at("/component/1/valueQuantity/value").decimalValue()).isEqualTo(new BigDecimal("80"));
        assertThat(vital.at("/component/0/valueQuantity/code").asText()).isEqualTo("mm[Hg]");
        assertThat(vital.at("/effectiveDateTime").asText()).isEqualTo("2026-03-01T09:00:00-05:00");
        assertThat(isMarked(vital)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "heart-rate, 72, /min, 8867-4",
        "respiratory-rate, 14, /min, 9279-1",
        "body-temperature, 37.20, Cel, 8310-5",
        "oxygen-saturation, 98, %, 2708-6",
        "body-weight, 70.5, kg, 29463-7",
        "body-height, 180, cm, 8302-2",
        "head-circumference, 35, cm, 9843-4"
    })
    void writesEachVitalSignUnderItsCode(String sign, String value, String unit, String code) throws Exception {
        var vital = sent(ChartTools.RECORD_VITAL, vital(sign, value, unit, "2026-03-01T09:00:00Z"));

        assertThat(vital.at("/status").asText()).isEqualTo("final");
        assertThat(vital.at("/category/0/coding/0/code").asText()).isEqualTo("vital-signs");
        assertThat(vital.at("/code/coding/0/code").asText()).isEqualTo(code);
        assertThat(vital.at("/code/coding")).hasSize(sign.equals("oxygen-saturation") ? 2 : 1);
        assertThat(ehr.server().requests().getLast().body()).contains("\"value\":" + value + ",");
        assertThat(vital.at("/valueQuantity/system").asText()).isEqualTo("http://unitsofmeasure.org");
        assertThat(vital.at("/valueQuantity/code").asText()).isEqualTo(unit);
    }

    @Test
    void refusesAMeasurementThatIsStillToCome() {
        var result = Handlers.<VitalRecord, org.ehrhub.tools.charts.Observation>call(
                ehr.adapter(),
                ChartTools.RECORD_VITAL,
                vital(
                        "heart-rate",
                        "72",
                        "/min",
                        OffsetDateTime.now(ZoneOffset.UTC).plusDays(1).toString()),
                "key1");

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    @Test
    void draftsAnOrderThatNobodyHasSigned() throws Exception {
        var order = sent(OrderTools.DRAFT, NewRecords.order(PATIENT));

        assertThat(order.at("/status").asText()).isEqualTo("draft");
        assertThat(order.at("/intent").asText()).isEqualTo("order");
        assertThat(order.at("/category/0/coding/0/code").asText()).isEqualTo("108252007");
        assertThat(order.at("/code/coding/0/system").asText()).isEqualTo("http://loinc.org");
        assertThat(order.at("/priority").asText()).isEqualTo("urgent");
        assertThat(order.has("requester")).isFalse();
        assertThat(isMarked(order)).isTrue();
    }

    @Test
    void draftsAReferralThatCanBeToldFromAnOrder() throws Exception {
        var referral = sent(OrderTools.DRAFT_REFERRAL, NewRecords.referral(PATIENT));

        assertThat(referral.at("/status").asText()).isEqualTo("draft");
        assertThat(referral.at("/category/0/coding/0/code").asText()).isEqualTo("3457005");
        assertThat(referral.at("/performerType/text").asText()).isEqualTo("Cardiology");
        assertThat(referral.at("/performer/0/reference").asText()).isEqualTo("Organization/sm-org");
        assertThat(isMarked(referral)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"4548-4", "mysystem|4548-4"})
    void refusesACodeWithoutItsSystem(String code) {
        var draft = new OrderDraft(PATIENT, "laboratory", "HbA1c", code, null, null, null, null, null, null);

        assertThat(ScriptedEhr.code(ehr.call(OrderTools.DRAFT, draft))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    @Test
    void givesSomebodyATask() throws Exception {
        var task = sent(TaskTools.CREATE, NewRecords.task(PATIENT));

        assertThat(task.at("/status").asText()).isEqualTo("requested");
        assertThat(task.at("/intent").asText()).isEqualTo("order");
        assertThat(task.at("/for/reference").asText()).isEqualTo("Patient/p1");
        assertThat(task.at("/owner/reference").asText()).isEqualTo("Practitioner/sm-prac-1");
        assertThat(task.at("/restriction/period/end").asText()).isEqualTo("2026-12-24T12:00:00+01:00");
        assertThat(task.at("/note/0/text").asText()).isEqualTo("After lunch");
    }

    @Test
    void sendsAMessageToThePatientAndNobodyElse() throws Exception {
        var message = sent(MessageTools.SEND, NewRecords.message(PATIENT));

        assertThat(message.at("/status").asText()).isEqualTo("in-progress");
        assertThat(message.at("/recipient")).hasSize(1);
        assertThat(message.at("/recipient/0/reference").asText()).isEqualTo("Patient/p1");
        assertThat(message.at("/topic/text").asText()).isEqualTo("Your appointment");
        assertThat(message.has("sent")).isTrue();
        assertThat(isMarked(message)).isTrue();
    }

    @Test
    void recordsInsuranceWhereOthersLookForIt() throws Exception {
        var coverage = sent(CoverageTools.RECORD, NewRecords.coverage(PATIENT));

        assertThat(coverage.at("/status").asText()).isEqualTo("active");
        assertThat(coverage.at("/subscriberId").asText()).isEqualTo("M12345678");
        assertThat(coverage.at("/identifier/0/type/coding/0/code").asText()).isEqualTo("MB");
        assertThat(coverage.at("/relationship/coding/0/code").asText()).isEqualTo("self");
        assertThat(coverage.at("/payor/0/display").asText()).isEqualTo("Example Health Plan");
        assertThat(coverage.at("/class")).hasSize(2);
        assertThat(coverage.at("/period/start").asText()).isEqualTo("2026-01-01");
    }

    @Test
    void leavesTheNumberOfAnotherSubscriberAlone() {
        var change = ChangesIT.coverage("Patient/p1");
        ehr.server().answers(request -> new Answer(200, change.record().replace("\"subscriberId\":\"M1\"", """
                "subscriberId":"PARENT-1","identifier":[{"value":"M1",
                 "type":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0203","code":"MB"}]}}]""")));

        ehr.call(change.tool(), change.input());

        assertThat(ehr.server().requests())
                .filteredOn(one -> one.method().equals("PUT"))
                .singleElement()
                .satisfies(put -> assertThat(put.body())
                        .contains("\"PARENT-1\"", "\"M2\"")
                        .doesNotContain("\"M1\""));
    }

    @Test
    void cannotTakeBackInsuranceThatIsNotNamed() {
        var plain = NewRecords.coverage(PATIENT);
        var back = new CoverageRecord(
                PATIENT,
                null,
                plain.memberId(),
                null,
                plain.payerName(),
                null,
                null,
                null,
                null,
                null,
                "entered-in-error",
                null,
                null);

        assertThat(ScriptedEhr.code(ehr.call(CoverageTools.RECORD, back))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).isEmpty();
    }

    @Test
    void storesAnswersUnderTheVersionOfTheQuestionnaire() throws Exception {
        var response = sent(QuestionnaireTools.SUBMIT, NewRecords.answers(PATIENT));

        assertThat(response.at("/questionnaire").asText()).isEqualTo(NewRecords.INTAKE + "|2");
        assertThat(response.at("/status").asText()).isEqualTo("in-progress");
        assertThat(response.at("/item/0/answer/0/valueString").asText()).isEqualTo("Yearly check-up");
        assertThat(response.at("/source/reference").asText()).isEqualTo("Patient/p1");
    }

    private <I extends Record, O extends Record> JsonNode sent(CanonicalTool<I, O> tool, I input) throws Exception {
        ehr.server().answers(request -> switch (request.method()) {
            case "POST" -> new Answer(422, "");
            default ->
                new Answer(
                        200,
                        request.target().contains("/Questionnaire?")
                                ? """
                    {"resourceType":"Bundle","type":"searchset","entry":[{"resource":
                     {"resourceType":"Questionnaire","id":"q1","url":"%s","version":"2","status":"active",
                      "item":[{"linkId":"reason","type":"string"},{"linkId":"must","type":"string","required":true}]}}]}""".formatted(NewRecords.INTAKE)
                                : "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
        });
        Handlers.<I, O>call(ehr.adapter(), tool, input, "key1");
        return JSON.readTree(ehr.server().requests().getLast().body());
    }

    private static boolean isMarked(JsonNode record) {
        return List.of("AIAST").equals(record.at("/meta/security").findValuesAsText("code"));
    }

    private static VitalRecord vital(String sign, String value, String unit, String at) {
        return new VitalRecord(
                PATIENT, sign, new BigDecimal(value), null, unit, OffsetDateTime.parse(at), null, null, null);
    }
}
