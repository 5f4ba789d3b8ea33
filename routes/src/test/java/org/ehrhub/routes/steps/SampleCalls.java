package org.ehrhub.routes.steps;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.routes.json.ToolSchemas;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.SlotRef;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;

/** Calls as they are when a step gets them, and results of EHRs. */
final class SampleCalls {
    static final Caller ANN = new Caller("ann", Set.of("nurse"));
    static final CanonicalJson JSON = new CanonicalJson(new Seals(new byte[32]));

    private SampleCalls() {}

    /** A call that has not been checked yet. */
    static ToolCall arrived(CanonicalTool<?, ?> tool, Object arguments) {
        return new ToolCall(tool, arguments, new CallContext("call-1", ANN, Instant.MAX));
    }

    /** A call whose input is known to be valid. */
    static ToolCall checked(CanonicalTool<?, ?> tool, Record input, String... ehrs) {
        var call = arrived(tool, input);
        new ValidateInput(JSON, new ToolSchemas()).apply(call);
        call.ehrs(List.of(ehrs));
        return call;
    }

    static ToolCall get() {
        return checked(PatientTools.GET, new PatientGet(Reference.parse("alpha/Patient/a1")), "alpha");
    }

    static ToolCall search(String... ehrs) {
        return checked(PatientTools.SEARCH, searchInput(null), ehrs);
    }

    static PatientSearch searchInput(String cursor) {
        return new PatientSearch(null, "Hill", null, null, null, null, null, cursor, null);
    }

    static ToolCall create(String key) {
        var input = new AppointmentCreate(
                Reference.parse("alpha/Patient/a1"), new SlotRef("alpha", "slot-1"), "hives", key, null);
        return checked(AppointmentTools.CREATE, input, "alpha");
    }

    static ToolCall cancel(String key) {
        var input = new AppointmentCancel(Reference.parse("alpha/Appointment/x"), null, key, null);
        return checked(AppointmentTools.CANCEL, input, "alpha");
    }

    static <T extends Record> ToolResult.Ok<T> ok(T value) {
        return new ToolResult.Ok<>(value, new Provenance("alpha", Instant.EPOCH, "7"));
    }

    static ToolResult.Ok<Page<PatientMatch>> page(PatientMatch... rows) {
        return ok(Page.all(List.of(rows)));
    }

    static PatientMatch person(String reference, String name, String birthDate) {
        return new PatientMatch(Reference.parse(reference), name, birthDate, null, null, null, null, null, null);
    }

    static Appointment appointment(String id, String patient) {
        var participant = patient == null ? null : new Participant(Reference.parse(patient), null);
        return new Appointment(
                Reference.parse("alpha/Appointment/" + id),
                "booked",
                OffsetDateTime.parse("2026-03-02T09:00:00-05:00"),
                null,
                participant,
                List.of(),
                null,
                null,
                null,
                patient == null ? null : Reference.parse(patient));
    }
}
