package org.ehrhub.medplum;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code appointment.create} by Medplum's {@code Appointment/$book}, which alone looks whether the time is free. */
record MedplumBooking(String ehr, MedplumClient client, InstantSource clock)
        implements WriteHandler<AppointmentCreate, Appointment> {

    @Override
    public ToolResult<Appointment> handle(AppointmentCreate input, CallContext call) {
        var patient = MedplumJson.own(ehr, input.patient(), "patient");
        var booking = FreeTime.of(input.slotRef()).booking(patient, call.writeKey());
        var reply = client.write("POST", "Appointment/$book", booking, call);
        return switch (reply.status()) {
            case 201 -> describe(appointment(reply.body()), input.reason(), call);
            case 409 -> ours(call).<ToolResult<Appointment>>map(this::ok).orElseGet(MedplumBooking::taken);
            case 400 -> refused(reply.words());
            default -> throw unclear(reply.status());
        };
    }

    @Override
    public Optional<Appointment> reconcile(AppointmentCreate input, String key, CallContext call) {
        return ours(call.writing(key)).map(this::read);
    }

    @Override
    public Optional<String> currentVersion(AppointmentCreate input, CallContext call) {
        return Optional.empty();
    }

    /** The appointment whose slot was saved with this call's key, however it came about. */
    private Optional<JsonNode> ours(CallContext call) {
        var key = URLEncoder.encode(FreeTime.KEY_SYSTEM + "|" + call.writeKey(), StandardCharsets.UTF_8);
        return MedplumJson.resources(client.read("Slot?identifier=" + key, call), "Slot")
                .findFirst()
                .map(slot -> appointment(
                        client.read("Appointment?slot=Slot/" + slot.path("id").asString(""), call)));
    }

    /** {@code $book} has no place for a reason, so it is written after it; the booking stands without. */
    private ToolResult<Appointment> describe(JsonNode booked, String reason, CallContext call) {
        if (reason == null) {
            return ok(booked);
        }
        try {
            var version = booked.path("meta").path("versionId").asString("");
            var described = ((ObjectNode) booked).put("description", reason);
            var path = "Appointment/" + booked.path("id").asString("");
            var reply = client.write("PUT", path, described, call, "If-Match", "W/\"" + version + "\"");
            return reply.status() == 200 ? ok(reply.body()) : withoutReason(booked);
        } catch (EhrFailure e) {
            return withoutReason(booked);
        }
    }

    private ToolResult<Appointment> withoutReason(JsonNode booked) {
        var plain = ((ObjectNode) booked).without("description");
        return new ToolResult.Ok<>(
                read(plain), from(plain), List.of("The appointment is booked, but its reason could not be stored."));
    }

    private ToolResult<Appointment> ok(JsonNode appointment) {
        return new ToolResult.Ok<>(read(appointment), from(appointment));
    }

    private Provenance from(JsonNode appointment) {
        return new Provenance(
                ehr, clock.instant(), appointment.path("meta").path("versionId").asString(null));
    }

    private static ToolResult<Appointment> taken() {
        return ToolResult.failed(ErrorCode.CONFLICT, "The time was taken meanwhile.", "Call slot.search again.");
    }

    /** A 400 tells its reasons apart only by its words. */
    private static ToolResult<Appointment> refused(String words) {
        return switch (words) {
            case "Invalid patient-reference" ->
                ToolResult.failed(ErrorCode.NOT_FOUND, "The EHR holds no such patient.", "Call patient.search.");
            case "No availability found at this time", "No matching scheduling parameters found" ->
                ToolResult.failed(ErrorCode.CONFLICT, "The time is no longer offered.", "Call slot.search again.");
            default -> throw MedplumClient.refusal(400);
        };
    }

    private static EhrFailure unclear(int status) {
        return status < 500
                ? MedplumClient.refusal(status)
                : new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The EHR failed while it was booking.",
                        "Call again with the same idempotencyKey: the hub looks before it writes.");
    }

    private static JsonNode appointment(JsonNode bundle) {
        return MedplumJson.resources(bundle, "Appointment")
                .findFirst()
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The EHR's answer shows no appointment.",
                        "Look at the patient's appointments before you book again."));
    }

    private Appointment read(JsonNode found) {
        return new Appointment(
                new Reference(ehr, "Appointment", found.path("id").asString("")),
                found.path("status").asString(""),
                OffsetDateTime.parse(found.path("start").asString("")),
                OffsetDateTime.parse(found.path("end").asString("")),
                actors(found, "Patient").stream().findFirst().orElse(null),
                actors(found, "Practitioner"),
                null,
                null,
                found.path("description").asString(null),
                actors(found, "Patient").stream()
                        .map(Participant::ref)
                        .findFirst()
                        .orElse(null));
    }

    private List<Participant> actors(JsonNode appointment, String type) {
        return appointment
                .path("participant")
                .valueStream()
                .map(participant -> participant.path("actor").path("reference").asString(""))
                .filter(reference -> reference.startsWith(type + "/"))
                .map(reference ->
                        new Participant(new Reference(ehr, type, reference.substring(type.length() + 1)), null))
                .toList();
    }
}
