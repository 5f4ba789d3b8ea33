package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentReschedule;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moving an appointment while somebody else is at it: what was taken is given back, and the old time stands. */
class ReschedulingRacesIT {
    private static final AppointmentReschedule MOVE = new AppointmentReschedule(
            Reference.parse("alpha/Appointment/a1"), new SlotRef("alpha", """
            {"slot":"new","start":"2026-03-04T10:00:00Z","end":"2026-03-04T10:30:00Z","who":"Practitioner/d2"}"""), null, null, null);
    private static final AppointmentReschedule PROPOSED = new AppointmentReschedule(
            Reference.parse("alpha/Appointment/a1"), new SlotRef("alpha", """
            {"start":"2026-03-04T10:00:00Z","end":"2026-03-04T10:30:00Z","who":"Practitioner/d1"}"""), "Travelling", null, null);
    private static final String APPOINTMENT = """
            {"resourceType":"Appointment","id":"a1","meta":{"versionId":"1","lastUpdated":"2026-03-01T00:00:05Z"},
             "status":"booked","slot":[{"reference":"Slot/old"}],"comment":"Bring x-rays","minutesDuration":60,
             "start":"2026-03-03T09:00:00Z","end":"2026-03-03T10:00:00Z",
             "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"},
              {"actor":{"reference":"Practitioner/d1"},"status":"tentative"}]}""";
    private static final String OTHER = """
            {"resourceType":"Appointment","id":"a2","meta":{"versionId":"1","lastUpdated":"2026-03-01T00:00:04Z"},
             "status":"booked","start":"2026-03-04T10:00:00Z","end":"2026-03-04T10:30:00Z",
             "participant":[{"actor":{"reference":"Practitioner/d1"},"status":"accepted"}]}""";

    private final Map<String, String> records = new ConcurrentHashMap<>();
    private @Nullable ScriptedEhr opened;

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    @Test
    void takesNothingWhereTheNewSlotIsGone() {
        var ehr = conditional();
        ehr.server().answers(request -> isWrite(request, "PUT", "Slot/new") ? new Answer(412, "") : held(request));

        assertThat(code(ehr, MOVE)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(writes(ehr)).containsExactly("PUT /fhir/Slot/new");
    }

    @Test
    void givesTheNewSlotBackWhereTheAppointmentChanged() {
        var ehr = conditional();
        ehr.server()
                .answers(request -> isWrite(request, "PUT", "Appointment/a1") ? new Answer(412, "") : held(request));

        assertThat(code(ehr, MOVE)).isEqualTo(ErrorCode.CONFLICT);
        assertThat(writes(ehr)).containsExactly("PUT /fhir/Slot/new", "PUT /fhir/Appointment/a1", "PUT /fhir/Slot/new");
        assertThat(records.get("Slot/new")).contains("\"free\"").doesNotContain("write-key");
        assertThat(records.get("Slot/old")).contains("\"busy\"");
    }

    @Test
    void saysThatTheOldTimeStaysBusy() {
        var ehr = conditional();
        ehr.server().answers(request -> isWrite(request, "PUT", "Slot/old") ? new Answer(500, "") : held(request));

        ToolResult<Appointment> result = ehr.call(AppointmentTools.RESCHEDULE, MOVE);

        assertThat(Handlers.ok(result).warnings()).asString().contains("still shows as busy");
    }

    @Test
    void goesOnWhereTheChangeWasDoneAndOnlyItsAnswerLost() {
        var ehr = conditional();
        ehr.server().answers(request -> {
            var answer = held(request);
            return isWrite(request, "PUT", "Appointment/a1") ? new Answer(0, "") : answer;
        });

        assertThat(code(ehr, MOVE)).isNull();
        assertThat(records.get("Slot/old")).contains("\"free\"");
    }

    @Test
    void sendsAllThreeInOneTransactionUnderTheirVersions() {
        var ehr = open(null);
        ehr.server().answers(request -> request.method().equals("POST") ? new Answer(409, "") : held(request));

        assertThat(code(ehr, MOVE)).isEqualTo(ErrorCode.CONFLICT);

        assertThat(writes(ehr)).hasSize(1);
        assertThat(ehr.server().requests().getLast().body())
                .contains("\"url\":\"Slot/new\"", "\"url\":\"Appointment/a1\"", "\"url\":\"Slot/old\"")
                .contains("\"start\":\"2026-03-04T10:00:00Z\"", "Practitioner/d2", "Patient/p1")
                .doesNotContain("Practitioner/d1")
                .contains("\"minutesDuration\":30")
                .satisfies(body -> assertThat(body.split("\"ifMatch\":\"W/\\\\\"1\\\\\"\"", -1))
                        .hasSize(4));
    }

    @Test
    void doesNotCallATransactionDoneThatChangedNothing() {
        var ehr = open(null);
        ehr.server().answers(request -> request.method().equals("POST") ? new Answer(200, """
                {"resourceType":"Bundle","type":"transaction-response"}""") : held(request));

        assertThat(code(ehr, MOVE)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void movesBackWhereAnotherWasThereFirst() {
        var ehr = checked();
        ehr.server().answers(request -> list(ehr, request));

        assertThat(code(ehr, PROPOSED)).isEqualTo(ErrorCode.CONFLICT);

        assertThat(writes(ehr)).containsExactly("PUT /fhir/Appointment/a1", "PUT /fhir/Appointment/a1");
        assertThat(ehr.server().requests().stream()
                        .filter(one -> one.method().equals("PUT"))
                        .findFirst()
                        .orElseThrow()
                        .body())
                .contains("Bring x-rays\\nMoved: Travelling");
        assertThat(records.get("Appointment/a1"))
                .contains("2026-03-03T09:00:00Z", "Slot/old", "tentative")
                .doesNotContain("write-key", "Moved");
    }

    @Test
    void doesNotKnowWhatIsSoWhereItCannotMoveBack() {
        var ehr = checked();
        ehr.server()
                .answers(
                        request -> request.method().equals("PUT") && writes(ehr).size() > 1
                                ? new Answer(500, "")
                                : list(ehr, request));

        assertThat(code(ehr, PROPOSED)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    private Answer list(ScriptedEhr ehr, Request request) {
        if (!request.target().contains("/Appointment?")) {
            return held(request);
        }
        var rows = writes(ehr).isEmpty() ? List.<String>of() : List.of(OTHER, records.get("Appointment/a1"));
        return new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[%s]}""".formatted(String.join(
                ",", rows.stream().map("{\"resource\":%s}"::formatted).toList())));
    }

    private Answer held(Request request) {
        var target = request.target().replace("/fhir/", "");
        if (request.method().equals("PUT")) {
            records.put(target, request.body());
        }
        var record = records.get(target);
        return record == null ? new Answer(404, "") : new Answer(200, record);
    }

    private ScriptedEhr conditional() {
        return open(new Scheduling(null, Scheduling.Booking.CONDITIONAL));
    }

    private ScriptedEhr checked() {
        return open(new Scheduling(Scheduling.Slots.FIND_OPERATION, null));
    }

    private ScriptedEhr open(@Nullable Scheduling scheduling) {
        records.put("Appointment/a1", APPOINTMENT);
        records.put("Slot/old", slot("old", "busy", "2026-03-03T09:00:00Z", "2026-03-03T10:00:00Z"));
        records.put("Slot/new", slot("new", "free", "2026-03-04T10:00:00Z", "2026-03-04T10:30:00Z"));
        var ehr = new ScriptedEhr(null, scheduling);
        opened = ehr;
        return ehr;
    }

    private static String slot(String id, String status, String start, String end) {
        return """
                {"resourceType":"Slot","id":"%s","meta":{"versionId":"1"},"status":"%s","start":"%s","end":"%s"}""".formatted(id, status, start, end);
    }

    private static @Nullable ErrorCode code(ScriptedEhr ehr, AppointmentReschedule move) {
        return ScriptedEhr.code(ehr.call(AppointmentTools.RESCHEDULE, move));
    }

    private static boolean isWrite(Request request, String method, String target) {
        return request.method().equals(method) && request.target().equals("/fhir/" + target);
    }

    private static List<String> writes(ScriptedEhr ehr) {
        return ehr.server().requests().stream()
                .filter(one -> !one.method().equals("GET"))
                .map(one -> one.method() + " " + one.target())
                .toList();
    }
}
