package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentList;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.ImmunizationList;
import org.ehrhub.tools.coverage.CoverageList;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.tasks.TaskList;
import org.ehrhub.tools.tasks.TaskTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows with which nothing can be done, because of an id or a time that no FHIR server should give: one never spoils the rest. */
class UnusableRowsIT {
    private static final Reference PATIENT = Reference.parse("alpha/Patient/p1");
    private static final OffsetDateTime FROM = OffsetDateTime.parse("2026-03-01T00:00:00Z");
    private static final SlotSearch SLOTS = new SlotSearch(null, FROM, FROM.plusDays(3), null, null, null, null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"id\":\"a|b\",", "\"id\":\"..\",", "\"id\":\"a_b\","})
    void leavesOutAndCountsARowThatNoReferenceCanName(String id) {
        leavesOutOneOfTwo(
                PatientTools.SEARCH,
                new PatientSearch(null, "Hill", null, null, null, null, null, null, null),
                """
                {"resourceType":"Patient",%s"name":[{"family":"Hill"}]}""",
                id);
        leavesOutOneOfTwo(AppointmentTools.LIST, new AppointmentList(PATIENT, null, null, null, null, null), """
                {"resourceType":"Appointment",%s"status":"booked","start":"2026-03-02T09:00:00Z",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""", id);
        leavesOutOneOfTwo(AppointmentTools.SLOT_SEARCH, SLOTS, slot("%s", "2026-03-02T09:00:00Z", "checkup"), id);
        leavesOutOneOfTwo(TaskTools.LIST, new TaskList(null, PATIENT, null, null, null, null), """
                {"resourceType":"Task",%s"status":"requested","intent":"order","for":{"reference":"Patient/p1"}}""", id);
        leavesOutOneOfTwo(CoverageTools.LIST, new CoverageList(PATIENT, null, null, null), """
                {"resourceType":"Coverage",%s"status":"active","beneficiary":{"reference":"Patient/p1"}}""", id);
        leavesOutOneOfTwo(ChartTools.IMMUNIZATIONS, new ImmunizationList(PATIENT, null, null), """
                {"resourceType":"Immunization",%s"status":"completed","patient":{"reference":"Patient/p1"},
                 "vaccineCode":{"text":"x"}}""", id);
    }

    @Test
    void makesUpNoReferenceForARecordWithoutAnId() {
        answers("{\"resourceType\":\"Location\",\"name\":\"Ward 1\"}");

        Page<FhirResource> page = page(FhirTools.QUERY, new FhirQuery("alpha", "Location", null, null));

        assertThat(page.items())
                .singleElement()
                .satisfies(row -> assertThat(row.ref()).isNull());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2016-12-31T23:59:60Z", "2026-03-02T09:00:00", "2026-03-02T09:00:00+19:00"})
    void leavesOutWhatHasATimeThatCannotBeRead(String time) {
        var appointment = """
                {"resourceType":"Appointment","id":"a1","status":"booked","start":"%s",
                 "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""".formatted(time);
        answers(appointment);
        var appointments = page(AppointmentTools.LIST, new AppointmentList(PATIENT, null, null, null, null, null));
        answers(slot("\"id\":\"s1\",", time, "checkup"));
        var slots = page(AppointmentTools.SLOT_SEARCH, SLOTS);
        ehr.server().answers(request -> new Answer(200, appointment));
        var one = ehr.call(AppointmentTools.GET, new AppointmentGet(Reference.parse("alpha/Appointment/a1")));

        assertThat(appointments.items()).isEmpty();
        assertThat(appointments.warnings()).containsExactly("Left out: 1 row with a time that the hub cannot read.");
        assertThat(slots.items()).isEmpty();
        assertThat(slots.warnings()).containsExactly("Left out: 1 row with a time that the hub cannot read.");
        assertThat(ScriptedEhr.code(one)).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void offersATimeWhoseServiceHasAnOddCode() {
        answers(slot("\"id\":\"s1\",", "2026-03-02T09:00:00Z", "a|"));

        assertThat(page(AppointmentTools.SLOT_SEARCH, SLOTS).items()).hasSize(1);
    }

    @Test
    void findsNoTextInAFileWithoutAnId() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"DocumentReference","id":"d1","status":"current","subject":{"reference":"Patient/p1"},
                 "contained":[{"resourceType":"Binary","contentType":"text/plain","data":"AAAA"}],
                 "content":[{"attachment":{"url":"#b"}}]}"""));

        var result =
                ehr.call(DocumentTools.GET, new DocumentGet(Reference.parse("alpha/DocumentReference/d1"), null, null));

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void saysWhenItIsNotKnownWhichRecordTookItsPlace() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Patient","id":"p1","link":[{"type":"replaced-by","other":{"display":"Ada Hill"}}]}"""));

        var result = ehr.call(PatientTools.GET, new PatientGet(PATIENT, null));

        assertThat(((ToolResult.Ok<?>) result).warnings())
                .singleElement()
                .asString()
                .contains("taken this one's place")
                .doesNotContain("Ada");
    }

    private <I extends Record & ListInput, O extends Record> void leavesOutOneOfTwo(
            CanonicalTool.Listing<I, O> tool, I input, String resource, String id) {
        answers(resource.formatted(id), resource.formatted("\"id\":\"good\","));

        var page = page(tool, input);

        assertThat(page.items()).as(tool.name()).hasSize(1);
        assertThat(page.warnings())
                .as(tool.name())
                .containsExactly("Left out: 1 row whose id the hub cannot write as a reference.");
    }

    private <I extends Record & ListInput, O extends Record> Page<O> page(CanonicalTool.Listing<I, O> tool, I input) {
        ToolResult<Page<O>> result = ehr.call(tool, input, ScriptedEhr.context());
        assertThat(result).as(tool.name()).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<O>>) result).value();
    }

    private static String slot(String id, String start, String service) {
        return "{\"resourceType\":\"Slot\"," + id + "\"status\":\"free\",\"schedule\":{\"reference\":\"Schedule/c1\"},"
                + "\"serviceType\":[{\"coding\":[{\"system\":\"urn:x\",\"code\":\"" + service + "\"}]}],"
                + "\"start\":\"" + start + "\",\"end\":\"2026-03-02T09:30:00Z\"}";
    }

    private void answers(String... rows) {
        var entries = String.join("},{\"resource\":", rows);
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        request.target().contains("/Schedule/")
                                ? "{\"resourceType\":\"Schedule\",\"id\":\"c1\",\"actor\":[{\"reference\":\"Location/l1\"}]}"
                                : "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
                                        + entries + "}]}"));
    }
}
