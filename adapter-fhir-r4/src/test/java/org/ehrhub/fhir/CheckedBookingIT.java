package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bookings on a server that lets a time be booked twice. */
class CheckedBookingIT {
    private static final AppointmentCreate BOOKING =
            new AppointmentCreate(Reference.parse("alpha/Patient/p1"), new SlotRef("alpha", """
            {"start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z","who":"Practitioner/d1"}"""), null, null, null);
    private static final String OWN =
            appointment("own", "02", ScriptedEhr.context().writeKey());
    private static final String EARLIER = appointment("earlier", "01", "of-somebody-else");
    private static final String LATER = appointment("later", "03", "of-somebody-else");

    private final ScriptedEhr ehr = new ScriptedEhr(null, new Scheduling(Scheduling.Slots.FIND_OPERATION, null));

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void doesNotCallABookingDoneThatCameSecondAndCouldNotBeTakenBack() {
        ehr.server().answers(request -> answer(request, EARLIER));

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, BOOKING))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThatExceptionOfType(EhrFailure.class)
                .isThrownBy(() -> ehr.reconcile(AppointmentTools.CREATE, BOOKING))
                .extracting(EhrFailure::code)
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void findsItsBookingThatCameFirst() {
        ehr.server().answers(request -> answer(request, LATER));

        assertThat(ehr.call(AppointmentTools.CREATE, BOOKING)).isInstanceOf(ToolResult.Ok.class);
        assertThat(ehr.reconcile(AppointmentTools.CREATE, BOOKING))
                .hasValueSatisfying(
                        found -> assertThat(found.appointment().id()).isEqualTo("own"));
    }

    @Test
    void booksNoTimeThatIsWithNobodyAndNowhere() {
        ehr.server().answers(request -> answer(request, LATER));
        var nobodys =
                new AppointmentCreate(Reference.parse("alpha/Patient/p1"), new SlotRef("alpha", """
            {"start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z"}"""), null, null, null);

        assertThat(ScriptedEhr.code(ehr.call(AppointmentTools.CREATE, nobodys))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(booked()).isFalse();
    }

    /** Shows the other booking only after the hub's own was sent, and refuses every change. */
    private Answer answer(Request request, String other) {
        var target = request.target();
        return switch (request.method()) {
            case "POST" ->
                new Answer(
                        201,
                        OWN,
                        ehr.server().url("/fhir/Appointment/own/_history/1").toString());
            case "PUT" -> new Answer(500, "");
            default -> {
                if (target.contains("/Patient/")) {
                    yield new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
                }
                if (target.contains("/Appointment/own")) {
                    yield new Answer(200, OWN);
                }
                yield target.contains("identifier=") ? bundle(OWN) : booked() ? bundle(OWN, other) : bundle();
            }
        };
    }

    private boolean booked() {
        return ehr.server().requests().stream().anyMatch(one -> one.method().equals("POST"));
    }

    private static Answer bundle(String... resources) {
        var entries = Stream.of(resources).map("{\"resource\":%s}"::formatted).collect(Collectors.joining(","));
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entries + "]}");
    }

    private static String appointment(String id, String second, String key) {
        return """
                {"resourceType":"Appointment","id":"%s","status":"booked",
                 "meta":{"versionId":"1","lastUpdated":"2026-03-01T00:00:%sZ"},
                 "identifier":[{"system":"urn:ehrhub:write-key","value":"%s"}],
                 "start":"2026-03-03T09:00:00Z","end":"2026-03-03T09:30:00Z",
                 "participant":[{"actor":{"reference":"Practitioner/d1"},"status":"accepted"}]}""".formatted(id, second, key);
    }
}
