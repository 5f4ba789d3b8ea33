package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bookings on a server that takes the slot and refuses the appointment. */
class ConditionalBookingIT {
    private static final AppointmentCreate BOOKING =
            new AppointmentCreate(Reference.parse("alpha/Patient/p1"), new SlotRef("alpha", """
            {"slot":"s1","start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z"}"""), null, null, null);

    private static final String OWN = """
            {"resourceType":"Appointment","id":"a1","status":"booked",
             "identifier":[{"system":"urn:ehrhub:write-key","value":"key0123456789"}]}""";

    private final ScriptedEhr ehr = new ScriptedEhr(null, new Scheduling(null, Scheduling.Booking.CONDITIONAL));
    private final AtomicInteger slotWrites = new AtomicInteger();

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void saysThatTheSlotStayedBusyWhenItCannotBeGivenBack() {
        ehr.server().answers(request -> answer(request, 1));

        ToolResult<Appointment> result = ehr.call(AppointmentTools.CREATE, BOOKING);

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(result.toString()).contains("slot stayed busy");
    }

    @Test
    void givesTheSlotBackAndSaysWhyNothingWasBooked() {
        ehr.server().answers(request -> answer(request, 2));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(slotWrites).hasValue(2);
    }

    @Test
    void goesOnWithASlotThatAnEarlierTryOfTheSameWriteTook() {
        ehr.server().answers(request -> leftOver(request, "key0123456789", "[]"));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(sent("POST")).isEqualTo(1);
    }

    @Test
    void leavesASlotToWhoeverElseTookIt() {
        ehr.server().answers(request -> leftOver(request, "another", "[]"));
        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.CONFLICT);

        ehr.server().answers(request -> leftOver(request, "key0123456789", """
                [{"resource":{"resourceType":"Appointment","id":"a9","status":"booked","slot":[{"reference":"Slot/s1"}]}}]"""));
        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.CONFLICT);

        assertThat(sent("POST") + sent("PUT")).isZero();
    }

    @Test
    void finishesABookingOfWhichOnlyTheAnswerWasLost() {
        ehr.server().answers(request -> switch (request.method()) {
            case "POST" -> new Answer(500, "");
            default ->
                request.target().contains("/Appointment?")
                        ? bundle("[{\"resource\":" + OWN + "}]")
                        : request.target().contains("/Appointment/") ? new Answer(200, OWN) : answer(request, 1);
        });

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isNull();
        assertThat(sent("PUT")).isEqualTo(1);
    }

    private long sent(String method) {
        return ehr.server().requests().stream()
                .filter(one -> one.method().equals(method))
                .count();
    }

    private static Answer leftOver(Request request, String key, String appointments) {
        if (request.method().equals("POST")) {
            return new Answer(422, "");
        }
        if (request.target().contains("/Appointment?")) {
            return bundle(appointments);
        }
        var keyed = slot("busy").replaceFirst("\\{", """
                {"identifier":[{"system":"urn:ehrhub:write-key","value":"%s"}],""".formatted(key));
        return new Answer(
                200, request.target().contains("/Patient/") ? "{\"resourceType\":\"Patient\",\"id\":\"p1\"}" : keyed);
    }

    private static Answer bundle(String entries) {
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":" + entries + "}");
    }

    private Answer answer(Request request, int writesAllowed) {
        return switch (request.method()) {
            case "POST" -> new Answer(422, "");
            case "PUT" ->
                slotWrites.incrementAndGet() <= writesAllowed ? new Answer(200, slot("busy")) : new Answer(500, "");
            default ->
                new Answer(
                        200,
                        request.target().contains("/Patient/")
                                ? "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"
                                : slot(slotWrites.get() == 0 ? "free" : "busy"));
        };
    }

    private static String slot(String status) {
        return """
                {"resourceType":"Slot","id":"s1","meta":{"versionId":"1"},"status":"%s",
                 "start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z"}""".formatted(status);
    }
}
