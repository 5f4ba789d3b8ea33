package org.ehrhub.medplum.scheduling;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.fhir.appointments.AppointmentRecords;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.ReadBack;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;

/** What a booking left, read from the EHR anew and told as it is. */
final class Shown {
    private static final String TENTATIVE =
            "The EHR marks the part of those whom the appointment is with as tentative: they have not accepted it yet.";
    private static final String BARE =
            "The appointment is booked, but the EHR did not take what the hub adds to it: the reason, and the mark by which"
                    + " the time around the visit is given back when it is cancelled.";

    private final FhirServer server;
    private final AppointmentRecords records;

    Shown(FhirServer server) {
        this.server = server;
        this.records = new AppointmentRecords(server);
    }

    Appointment record(org.hl7.fhir.r4.model.Appointment held) {
        return records.appointment(held);
    }

    /**
     * What was booked.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code OUTCOME_UNKNOWN} when the EHR does not show it
     */
    ToolResult.Ok<Appointment> booked(String id, Reference patient, CallContext call) {
        var held = ReadBack.of(server, org.hl7.fhir.r4.model.Appointment.class, id, call);
        if (held.getStatus() != AppointmentStatus.BOOKED
                || AppointmentRecords.actors(held, "Patient")
                        .noneMatch(actor -> patient.equals(server.reference(actor)))) {
            throw Refusal.unseen();
        }
        var warnings = new ArrayList<String>();
        if (!WriteKeys.isIn(held, call.writeKey())) {
            warnings.add(BARE);
        }
        if (held.getParticipant().stream().anyMatch(one -> one.getStatus() == ParticipationStatus.TENTATIVE)) {
            warnings.add(TENTATIVE);
        }
        return new ToolResult.Ok<>(record(held), server.provenance(held), List.copyOf(warnings));
    }

    /**
     * What an appointment has become.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code OUTCOME_UNKNOWN} when the EHR does not show it
     */
    ToolResult.Ok<Appointment> as(String id, AppointmentStatus status, List<String> warnings, CallContext call) {
        var held = ReadBack.of(server, org.hl7.fhir.r4.model.Appointment.class, id, call);
        if (held.getStatus() != status) {
            throw Refusal.unseen();
        }
        return new ToolResult.Ok<>(record(held), server.provenance(held), warnings);
    }
}
