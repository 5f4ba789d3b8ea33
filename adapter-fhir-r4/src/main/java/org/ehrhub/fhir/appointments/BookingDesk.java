package org.ehrhub.fhir.appointments;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.ReadBack;
import org.ehrhub.fhir.writing.Refusal;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentCreate;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.Appointment.AppointmentStatus;
import org.hl7.fhir.r4.model.Appointment.ParticipationStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** What all ways of booking share: the patient, the appointment to be written, and reading it back. */
final class BookingDesk {
    private final FhirServer server;
    private final AppointmentRecords records;
    private final WriteKeys keys;

    BookingDesk(FhirServer server) {
        this.server = server;
        this.records = new AppointmentRecords(server);
        this.keys = new WriteKeys(server);
    }

    /** The patient, who must be there, in the record that is in use: not every server looks before it books. */
    Patient patient(AppointmentCreate input, CallContext call) {
        var patient = server.read(Patient.class, FhirId.of(input.patient(), "patient", server.ehr()), call);
        Links.mustBeCurrent(patient);
        return patient;
    }

    static org.hl7.fhir.r4.model.Appointment draft(AppointmentCreate input, Offer offer, Patient patient, String key) {
        var draft = new org.hl7.fhir.r4.model.Appointment();
        draft.setStatus(AppointmentStatus.BOOKED)
                .setStartElement(new InstantType(offer.start()))
                .setEndElement(new InstantType(offer.end()))
                .setDescription(input.reason());
        var person = new Reference("Patient/" + patient.getIdPart())
                .setDisplay(patient.getNameFirstRep().getNameAsSingleString());
        draft.addParticipant(accepted(person));
        for (var actor : actors(offer)) {
            draft.addParticipant(accepted(new Reference(actor)));
        }
        if (offer.slot() != null) {
            draft.addSlot(new Reference("Slot/" + offer.slot()));
        }
        if (offer.code() != null) {
            draft.addServiceType().addCoding().setSystem(offer.system()).setCode(offer.code());
        }
        WriteKeys.add(draft, key);
        return draft;
    }

    /**
     * What was written, read from the server anew.
     *
     * @param proof whether it shows that the write was done
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it cannot be read, or does not
     */
    ToolResult.Ok<Appointment> readBack(
            String id, Predicate<org.hl7.fhir.r4.model.Appointment> proof, List<String> warnings, CallContext call) {
        var source = ReadBack.of(server, org.hl7.fhir.r4.model.Appointment.class, id, call);
        if (!proof.test(source)) {
            throw Refusal.unseen();
        }
        return new ToolResult.Ok<>(records.appointment(source), server.provenance(source), warnings);
    }

    /** Reads a new appointment back, which holds the key or at least the patient. */
    ToolResult<Appointment> booked(String id, AppointmentCreate input, CallContext call) {
        return readBack(
                id,
                source -> WriteKeys.isIn(source, call.writeKey())
                        || AppointmentRecords.actors(source, "Patient")
                                .anyMatch(actor -> input.patient().equals(server.reference(actor))),
                List.of(),
                call);
    }

    /** The id of what was written under a key; empty where it is not there or cannot be looked for. */
    Optional<String> writtenUnder(String key, CallContext call) {
        try {
            return keys.find(org.hl7.fhir.r4.model.Appointment.class, key, call)
                    .map(org.hl7.fhir.r4.model.Appointment::getIdPart);
        } catch (EhrFailure e) {
            return Optional.empty();
        }
    }

    Appointment record(org.hl7.fhir.r4.model.Appointment source) {
        return records.appointment(source);
    }

    static EhrFailure taken() {
        return new EhrFailure(
                ErrorCode.CONFLICT, "The time is taken.", "Call slot.search again and choose another time.");
    }

    private static List<String> actors(Offer offer) {
        return Stream.of(offer.who(), offer.where()).filter(Objects::nonNull).toList();
    }

    static AppointmentParticipantComponent accepted(@Nullable Reference actor) {
        return new AppointmentParticipantComponent().setActor(actor).setStatus(ParticipationStatus.ACCEPTED);
    }
}
