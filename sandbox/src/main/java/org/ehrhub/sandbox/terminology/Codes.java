package org.ehrhub.sandbox.terminology;

import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.sandbox.fhir.Records;
import org.hl7.fhir.r4.model.CodeSystem;
import org.hl7.fhir.r4.model.ConceptMap;
import org.hl7.fhir.r4.model.MetadataResource;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.ValueSet;
import org.jspecify.annotations.Nullable;

/** The code systems, value sets and maps of one site, by their canonical addresses. */
final class Codes {
    private final Records records;

    Codes(Records records) {
        this.records = records;
    }

    /** One concept of a code system. */
    record Concept(String system, String code, String display) {}

    /** The code system with this address; 404 where the site has none. */
    CodeSystem system(@Nullable String url) {
        return (CodeSystem) one("CodeSystem", url);
    }

    /** The value set with this address; 404 where the site has none. */
    ValueSet valueSet(@Nullable String url) {
        return (ValueSet) one("ValueSet", url);
    }

    /** All maps, or the one with this address. */
    List<ConceptMap> maps(@Nullable String url) {
        return url == null
                ? records.all("ConceptMap").stream().map(ConceptMap.class::cast).toList()
                : List.of((ConceptMap) one("ConceptMap", url));
    }

    Optional<Concept> find(CodeSystem system, @Nullable String code) {
        return concepts(system).filter(concept -> concept.code().equals(code)).findFirst();
    }

    /** The concepts of a value set, which takes in whole code systems. */
    Stream<Concept> concepts(ValueSet set) {
        return set.getCompose().getInclude().stream().flatMap(include -> concepts(system(include.getSystem())));
    }

    private static Stream<Concept> concepts(CodeSystem system) {
        return system.getConcept().stream()
                .map(concept -> new Concept(system.getUrl(), concept.getCode(), concept.getDisplay()));
    }

    private Resource one(String type, @Nullable String url) {
        if (url == null) {
            throw new InvalidRequestException("The operation needs the address of a " + type);
        }
        return records.all(type).stream()
                .filter(resource -> resource instanceof MetadataResource metadata && url.equals(metadata.getUrl()))
                .findFirst()
                .orElseThrow(() -> new ResourceNotFoundException("This server has no such " + type));
    }
}
