package org.ehrhub.medplum.scheduling;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;

/** What Medplum adds to FHIR's records of scheduling. */
final class MedplumScheduling {
    /** Ties a concept of {@code serviceType} to the HealthcareService that it stands for. */
    static final String SERVICE = "https://medplum.com/fhir/service-type-reference";

    /** How long a visit takes, and what is kept free around it; on a HealthcareService or, to override it, a Schedule. */
    static final String PARAMETERS = "https://medplum.com/fhir/StructureDefinition/SchedulingParameters";

    private MedplumScheduling() {}

    /** The service that a concept stands for. */
    static Optional<Reference> service(CodeableConcept concept) {
        return concept.getExtensionsByUrl(SERVICE).stream()
                .map(Extension::getValue)
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .findFirst();
    }

    /** Whether any of the concepts stands for a service. */
    static boolean namesService(Collection<CodeableConcept> concepts) {
        return concepts.stream().anyMatch(concept -> service(concept).isPresent());
    }

    /** Whether a record carries scheduling parameters. */
    static boolean hasParameters(DomainResource record) {
        return record.hasExtension(PARAMETERS);
    }

    /** The longest time that the scheduling parameters of a record give under a name; nothing where they give none. */
    static Duration longest(DomainResource record, String name) {
        return record.getExtensionsByUrl(PARAMETERS).stream()
                .flatMap(parameters -> parameters.getExtensionsByUrl(name).stream())
                .map(Extension::getValue)
                .flatMap(value -> value instanceof Quantity length ? Stream.of(length(length)) : Stream.empty())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
    }

    private static Duration length(Quantity length) {
        var unit = length.hasUnit() ? length.getUnit() : String.valueOf(length.getCode());
        var minutes = switch (unit) {
            case "h" -> 60;
            case "d" -> 24 * 60;
            case "wk" -> 7 * 24 * 60;
            default -> 1;
        };
        var value = length.hasValue() ? length.getValue() : BigDecimal.ZERO;
        return Duration.ofMinutes(value.longValue() * minutes);
    }
}
