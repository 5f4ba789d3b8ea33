package org.ehrhub.fhir.charts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Medication;
import org.hl7.fhir.r4.model.Medication.MedicationStatus;
import org.hl7.fhir.r4.model.MedicationRequest;
import org.hl7.fhir.r4.model.Reference;

/**
 * The medicines that the orders of one call are for: named in the order, held in it, sent along with it, or else read, at most
 * {@value #MOST_READ} of them.
 */
final class Medicines {
    private static final int MOST_READ = 10;

    private final FhirServer server;
    private final CallContext call;
    private final Map<String, Optional<Medication>> read = new HashMap<>();
    private int nameless;

    Medicines(FhirServer server, CallContext call) {
        this.server = server;
        this.call = call;
    }

    CodeableConcept of(MedicationRequest order, Included included) {
        var name = order.getMedication() instanceof Reference reference
                ? named(reference, included)
                : order.getMedication() instanceof CodeableConcept concept ? concept : new CodeableConcept();
        if (Concepts.wordsOrCode(name) == null) {
            nameless++;
        }
        return name;
    }

    List<String> warnings() {
        return nameless == 0
                ? List.of()
                : List.of("The EHR did not say of " + (nameless == 1 ? "1 order" : nameless + " orders")
                        + " which medicine is meant.");
    }

    private CodeableConcept named(Reference reference, Included included) {
        var sent = reference.getResource() instanceof Medication held
                ? Optional.of(held)
                : included.find(reference, Medication.class);
        return sent.filter(Medicines::canBeTrusted)
                .or(() -> reference.hasDisplay() ? Optional.empty() : read(reference))
                .map(MedicationRecords::name)
                .orElseGet(() -> new CodeableConcept().setText(reference.getDisplay()));
    }

    private Optional<Medication> read(Reference reference) {
        var own = server.reference(reference);
        if (own == null
                || !own.type().equals("Medication")
                || (read.size() >= MOST_READ && !read.containsKey(own.id()))) {
            return Optional.empty();
        }
        return read.computeIfAbsent(own.id(), this::fetched).filter(Medicines::canBeTrusted);
    }

    private Optional<Medication> fetched(String id) {
        try {
            return Optional.of(server.read(Medication.class, id, call));
        } catch (EhrFailure e) {
            return Optional.empty(); // the order is shown all the same; a warning says that its medicine is not known
        }
    }

    private static boolean canBeTrusted(Medication medicine) {
        return medicine.getStatus() != MedicationStatus.ENTEREDINERROR && !Modifiers.unknownIn(medicine);
    }
}
