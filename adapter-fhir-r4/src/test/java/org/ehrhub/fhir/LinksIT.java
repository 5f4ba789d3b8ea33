package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.messages.MessageSend;
import org.ehrhub.tools.messages.MessageTools;
import org.ehrhub.tools.orders.OrderTools;
import org.ehrhub.tools.orders.ReferralDraft;
import org.ehrhub.tools.tasks.TaskCreate;
import org.ehrhub.tools.tasks.TaskTools;
import org.ehrhub.tools.tasks.TaskUpdate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is written that points at another patient's records, at another EHR, or at nothing. */
class LinksIT {
    private static final Reference PATIENT = Reference.parse("alpha/Patient/p1");

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final Map<String, String> records = new HashMap<>();

    @BeforeEach
    void fill() {
        holds("Patient/p1", "\"active\":true");
        holds("Patient/p2", "\"active\":true");
        holds("Encounter/own", "\"subject\":{\"reference\":\"Patient/p1\"}");
        holds("Encounter/foreign", "\"subject\":{\"reference\":\"Patient/p2\"}");
        holds("Encounter/nobodys", "\"status\":\"finished\"");
        holds("Observation/foreign", "\"subject\":{\"reference\":\"Patient/p2\"}");
        holds("Observation/unnamed", "\"subject\":{\"display\":\"Ana Hill\"}");
        holds("Coverage/foreign", "\"beneficiary\":{\"reference\":\"Patient/p2\"}");
        holds("Task/foreign", "\"for\":{\"reference\":\"Patient/p2\"}");
        holds("Immunization/foreign", "\"patient\":{\"reference\":\"Patient/p2\"}");
        holds("Appointment/foreign", "\"participant\":[{\"actor\":{\"reference\":\"Patient/p2\"}}]");
        ehr.server().answers(request -> {
            var record = records.get(request.target().replace("/fhir/", ""));
            return request.method().equals("POST")
                    ? new Answer(422, "")
                    : record == null ? new Answer(404, "") : new Answer(200, record);
        });
    }

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha/Encounter/foreign",
                "alpha/Encounter/nobodys",
                "alpha/Encounter/none",
                "beta/Encounter/own"
            })
    void refusesAVisitThatIsNotThePatients(String encounter) {
        refuses(DocumentTools.DRAFT_NOTE, NewRecords.note(PATIENT, Reference.parse(encounter)), "encounter");
    }

    @Test
    void takesAVisitOfThePatient() {
        sends(DocumentTools.DRAFT_NOTE, NewRecords.note(PATIENT, Reference.parse("alpha/Encounter/own")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alpha/Observation/foreign",
                "alpha/Observation/unnamed",
                "alpha/Observation/none",
                "alpha/Coverage/foreign",
                "alpha/Task/foreign",
                "alpha/Immunization/foreign",
                "alpha/Appointment/foreign",
                "alpha/Patient/p2",
                "beta/Observation/foreign"
            })
    void refusesToBeAboutAnotherPatientsRecord(String about) {
        refuses(MessageTools.SEND, message(about), "about");
        refuses(TaskTools.CREATE, task(null, about), "about");
    }

    @Test
    void mayBeAboutThePatientsVisit() {
        sends(MessageTools.SEND, message("alpha/Encounter/own"));
        sends(TaskTools.CREATE, task(null, "alpha/Encounter/own"));
    }

    @Test
    void refusesSomebodyOfAnotherEhr() {
        var foreign = Reference.parse("beta/Organization/o1");
        refuses(
                OrderTools.DRAFT_REFERRAL,
                new ReferralDraft(PATIENT, "Cardiology", null, foreign, null, null, null, null, null, null),
                "recipient");
        refuses(TaskTools.CREATE, task("beta/Practitioner/d1", null), "owner");
        holds("Task/t1", "\"meta\":{\"versionId\":\"1\"},\"status\":\"requested\"");
        refuses(
                TaskTools.UPDATE,
                new TaskUpdate(Reference.parse("alpha/Task/t1"), null, foreign, null, null, null, null),
                "owner");
    }

    @Test
    void refusesARecordWhosePlaceAnotherHasTaken() {
        holds("Patient/p1", "\"link\":[{\"type\":\"replaced-by\",\"other\":{\"reference\":\"Patient/p2\"}}]");

        refuses(OrderTools.DRAFT, NewRecords.order(PATIENT), "patient");
    }

    @Test
    void writesNothingAboutAPatientWhoIsNotThere() {
        records.remove("Patient/p1");

        assertThat(ScriptedEhr.code(ehr.call(OrderTools.DRAFT, NewRecords.order(PATIENT))))
                .isEqualTo(ErrorCode.NOT_FOUND);
        wrote(0);
    }

    @Test
    void changesNoCoverageOfAnotherPatient() {
        var change = ChangesIT.coverage("Patient/p2");
        records.put("Coverage/c1", change.record());

        refuses(change.tool(), change.input(), "coverage");
    }

    private void holds(String target, String rest) {
        var parts = target.split("/", 2);
        records.put(target, "{\"resourceType\":\"%s\",\"id\":\"%s\",%s}".formatted(parts[0], parts[1], rest));
    }

    private <I extends Record, O extends Record> void refuses(CanonicalTool<I, O> tool, I input, String argument) {
        var result = Handlers.<I, O>call(ehr.adapter(), tool, input, "key1");

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(result.toString()).contains("`" + argument + "`");
        wrote(0);
    }

    private <I extends Record, O extends Record> void sends(CanonicalTool<I, O> tool, I input) {
        int before = ehr.server().requests().size();

        assertThat(ScriptedEhr.code(Handlers.<I, O>call(ehr.adapter(), tool, input, "key1")))
                .isEqualTo(ErrorCode.REJECTED_BY_EHR);

        assertThat(ehr.server()
                        .requests()
                        .subList(before, ehr.server().requests().size()))
                .filteredOn(one -> one.method().equals("POST"))
                .hasSize(1);
    }

    private void wrote(int times) {
        assertThat(ehr.server().requests())
                .filteredOn(one -> !one.method().equals("GET"))
                .hasSize(times);
    }

    private static MessageSend message(String about) {
        return new MessageSend(PATIENT, "Please call.", null, Reference.parse(about), null, null);
    }

    private static TaskCreate task(@Nullable String owner, @Nullable String about) {
        return new TaskCreate(
                PATIENT,
                "Call the patient",
                owner == null ? null : Reference.parse(owner),
                null,
                null,
                about == null ? null : Reference.parse(about),
                null,
                null,
                null);
    }
}
