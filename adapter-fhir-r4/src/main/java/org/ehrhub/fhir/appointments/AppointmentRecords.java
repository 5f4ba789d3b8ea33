package org.ehrhub.fhir.appointments;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Coded;
import org.ehrhub.tools.Participant;
import org.ehrhub.tools.appointments.Appointment;
import org.hl7.fhir.r4.model.Appointment.AppointmentParticipantComponent;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** FHIR's Appointment (R4, 12.4) in the hub's form; times keep the offset they were written with. */
public final class AppointmentRecords {
    private final FhirServer server;

    /** Appointments of this server. */
    public AppointmentRecords(FhirServer server) {
        this.server = server;
    }

    /** The whole of an appointment. */
    public Appointment appointment(org.hl7.fhir.r4.model.Appointment source) {
        var patient =
                actors(source, "Patient").findFirst().map(this::participant).orElse(null);
        return new Appointment(
                new org.ehrhub.tools.Reference(server.ehr(), "Appointment", source.getIdPart()),
                source.hasStatus() ? source.getStatus().toCode() : "unknown",
                time(source.getStartElement()),
                time(source.getEndElement()),
                patient,
                Stream.concat(actors(source, "Practitioner"), actors(source, "PractitionerRole"))
                        .map(this::participant)
                        .toList(),
                actors(source, "Location")
                        .findFirst()
                        .map(Reference::getDisplay)
                        .orElse(null),
                coded(source.getServiceType()),
                reason(source),
                patient == null ? null : patient.ref());
    }

    /** A row of a list that is about one patient anyway: short, without repeating who that is. */
    Appointment row(org.hl7.fhir.r4.model.Appointment source) {
        var whole = appointment(source);
        return new Appointment(
                whole.appointment(),
                whole.status(),
                whole.start(),
                whole.end(),
                null,
                whole.practitioners().stream()
                        .map(one -> one.name() == null ? one : new Participant(null, one.name()))
                        .toList(),
                whole.location(),
                whole.serviceType() == null || whole.serviceType().display() == null
                        ? whole.serviceType()
                        : new Coded(null, whole.serviceType().display()),
                whole.reason(),
                whole.subject());
    }

    Participant participant(Reference actor) {
        return new Participant(server.reference(actor), actor.getDisplay());
    }

    /** Who takes part, of one type. */
    public static Stream<Reference> actors(org.hl7.fhir.r4.model.Appointment source, String type) {
        return source.getParticipant().stream()
                .map(AppointmentParticipantComponent::getActor)
                .filter(actor -> type.equals(type(actor)));
    }

    static @Nullable String type(Reference actor) {
        return actor.hasReference() ? actor.getReferenceElement().getResourceType() : actor.getType();
    }

    /** A time as it was written; none where there is none. */
    public static @Nullable OffsetDateTime time(InstantType instant) {
        return instant.hasValue() ? OffsetDateTime.parse(instant.getValueAsString()) : null;
    }

    /** Whether the hub can read these times, as far as they are there: HAPI takes more spellings than FHIR has. */
    public static boolean isReadable(InstantType... instants) {
        try {
            Stream.of(instants).forEach(AppointmentRecords::time);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }

    /** The first concept's first code. */
    static Optional<CodeToken> token(List<CodeableConcept> concepts) {
        return concepts.stream()
                .findFirst()
                .map(CodeableConcept::getCodingFirstRep)
                .filter(Coding::hasCode)
                .map(coding -> new CodeToken(coding.getSystem(), coding.getCode()));
    }

    static @Nullable Coded coded(Collection<CodeableConcept> concepts) {
        return concepts.stream().findFirst().map(AppointmentRecords::coded).orElse(null);
    }

    /** Whether a token as callers write it, {@code code} or {@code system|code}, is among the concepts. */
    public static boolean holds(List<CodeableConcept> concepts, String token) {
        var wanted = CodeToken.parse(token, "serviceType");
        return concepts.stream()
                .flatMap(concept -> concept.getCoding().stream())
                .anyMatch(coding -> wanted.fits(coding.getSystem(), coding.getCode()));
    }

    private static Coded coded(CodeableConcept concept) {
        var coding = concept.getCodingFirstRep();
        return new Coded(
                coding.hasCode() ? new CodeToken(coding.getSystem(), coding.getCode()).toString() : null,
                words(concept));
    }

    private static @Nullable String words(CodeableConcept concept) {
        return concept.hasText()
                ? concept.getText()
                : concept.getCodingFirstRep().getDisplay();
    }

    private static @Nullable String reason(org.hl7.fhir.r4.model.Appointment source) {
        return source.hasDescription()
                ? source.getDescription()
                : source.getReasonCode().stream()
                        .findFirst()
                        .flatMap(concept -> Optional.ofNullable(words(concept)))
                        .orElse(null);
    }
}
