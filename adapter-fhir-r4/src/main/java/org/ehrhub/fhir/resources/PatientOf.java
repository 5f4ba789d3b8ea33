package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Patient;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** Whose a record is, by the elements that FHIR's own patient search parameters look at. */
final class PatientOf {
    private static final List<String> PARAMETERS = List.of("patient", "subject", "beneficiary");

    private final FhirServer server;

    PatientOf(FhirServer server) {
        this.server = server;
    }

    /** The patient; none when the record is nobody's, or of several people. */
    @Nullable
    Reference of(Resource resource) {
        var all = all(resource);
        return all.size() == 1 ? all.iterator().next() : null;
    }

    /** All patients that a record is about. */
    Set<Reference> all(Resource resource) {
        if (resource instanceof Patient) {
            var self = FhirId.reference(server.ehr(), resource);
            return self == null ? Set.of() : Set.of(self);
        }
        return held(resource)
                .map(server::reference)
                .filter(Objects::nonNull)
                .filter(held -> held.type().equals("Patient"))
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Whether a record points, where patients are named, at something that may be a patient and cannot be told: by an
     * identifier, into another server, at what it contains.
     *
     * @param together the temporary addresses of the records that are written with this one
     */
    boolean mayBeOfOthers(Resource resource, Set<String> together) {
        return held(resource)
                .filter(held -> held.hasReference() || held.hasIdentifier())
                .filter(held -> !held.hasType() || held.getType().equals("Patient"))
                .filter(held -> !held.hasReference() || !together.contains(held.getReference()))
                .anyMatch(held -> server.reference(held) == null);
    }

    /** The elements of a type that say whose a record is, each as the names on the way to it. */
    static List<List<String>> elements(String type) {
        return type.equals("Patient")
                ? List.of()
                : places(type).flatMap(path -> path.steps().stream()).distinct().toList();
    }

    private static Stream<org.hl7.fhir.r4.model.Reference> held(Resource resource) {
        return places(resource.fhirType())
                .flatMap(path -> path.values(resource).stream())
                .filter(org.hl7.fhir.r4.model.Reference.class::isInstance)
                .map(org.hl7.fhir.r4.model.Reference.class::cast);
    }

    private static Stream<ParamPath> places(String type) {
        return PARAMETERS.stream()
                .flatMap(name -> SearchParams.named(type, name).stream())
                .flatMap(defined -> ParamPath.of(defined).stream());
    }
}
