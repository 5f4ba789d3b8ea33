package org.ehrhub.fhir.writing;

import java.util.List;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Appointment;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Encounter;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Patient.LinkType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** What a new record points at, checked before anything is written: of the same EHR, there, and of the same patient. */
public final class Links {
    private static final List<String> WHOSE = List.of("subject", "patient", "beneficiary", "for");

    private final FhirServer server;

    /** Links into this server's records. */
    public Links(FhirServer server) {
        this.server = server;
    }

    /**
     * Refuses a reference that cannot be one of this EHR, before anything is asked of it.
     *
     * @throws EhrFailure {@code INVALID_INPUT} naming the argument
     */
    public void mustBeOurs(@Nullable Reference reference, String argument) {
        if (reference != null) {
            FhirId.of(reference, argument, server.ehr());
        }
    }

    /** The patient, who must be there: not every server looks before it writes. */
    public org.hl7.fhir.r4.model.Reference patient(Reference patient, CallContext call) {
        var found = server.read(Patient.class, FhirId.of(patient, "patient", server.ehr()), call);
        mustBeCurrent(found);
        return written(patient);
    }

    /**
     * Looks at a patient's record before something is written about it.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when another record has taken its place
     */
    public static void mustBeCurrent(Patient patient) {
        if (isReplaced(patient)) {
            throw Refusal.invalid(
                    "patient",
                    "is a record whose place another one has taken.",
                    "Read it with patient.get and use the record in replacedBy.");
        }
    }

    /** Whether another record has taken the place of a patient's. */
    public static boolean isReplaced(Patient patient) {
        return patient.getLink().stream().anyMatch(link -> link.getType() == LinkType.REPLACEDBY);
    }

    /** A visit of this patient. */
    public org.hl7.fhir.r4.model.@Nullable Reference encounter(
            @Nullable Reference encounter, Reference patient, CallContext call) {
        if (encounter == null) {
            return null;
        }
        var id = FhirId.of(encounter, "encounter", server.ehr());
        var found = there("encounter", () -> server.read(Encounter.class, id, call));
        if (!isOf(found, patient)) {
            throw foreign("encounter");
        }
        return written(encounter);
    }

    /** Any record of this patient, or one that is of no patient. */
    public org.hl7.fhir.r4.model.@Nullable Reference about(
            @Nullable Reference about, Reference patient, CallContext call) {
        if (about == null) {
            return null;
        }
        var id = FhirId.of(about, "about", server.ehr());
        var found = there("about", () -> server.readAny(about.type(), id, call));
        if (isOfSomebody(found) && !isOf(found, patient)) {
            throw foreign("about");
        }
        return written(about);
    }

    /** Somebody of the staff, or an organisation. */
    public org.hl7.fhir.r4.model.@Nullable Reference actor(@Nullable Reference actor, String argument) {
        if (actor == null) {
            return null;
        }
        mustBeOurs(actor, argument);
        return written(actor);
    }

    /** Whether a record is of this patient. */
    public boolean isOf(Resource record, Reference patient) {
        return record instanceof Patient self
                ? patient.id().equals(self.getIdPart())
                : whose(record).stream()
                        .anyMatch(one -> one instanceof org.hl7.fhir.r4.model.Reference subject
                                && patient.equals(server.reference(subject)));
    }

    private static boolean isOfSomebody(Resource record) {
        return record instanceof Patient || !whose(record).isEmpty();
    }

    private static List<Base> whose(Resource record) {
        if (record instanceof Appointment appointment) {
            return appointment.getParticipant().stream()
                    .<Base>map(participant -> participant.getActor())
                    .toList();
        }
        return WHOSE.stream()
                .map(record::getNamedProperty)
                .filter(property -> property != null)
                .flatMap(property -> property.getValues().stream())
                .toList();
    }

    private static <R> R there(String argument, Supplier<R> read) {
        try {
            return read.get();
        } catch (EhrFailure e) {
            if (e.code() == ErrorCode.NOT_FOUND) {
                throw Refusal.invalid(
                        argument, "is no record that this EHR holds.", "Pass a reference as another tool returned it.");
            }
            throw e;
        }
    }

    /** The failure of a call whose argument names a record of another patient. */
    public static EhrFailure foreign(String argument) {
        return Refusal.invalid(argument, "does not belong to this patient.", "Use a record of the same patient.");
    }

    private static org.hl7.fhir.r4.model.Reference written(Reference reference) {
        return new org.hl7.fhir.r4.model.Reference(reference.type() + "/" + reference.id());
    }
}
