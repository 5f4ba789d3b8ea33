package org.ehrhub.fhir.charts;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Composition;
import org.hl7.fhir.r4.model.Composition.SectionComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * The summary that a server itself makes of a chart (HL7 International Patient Summary 2.0, {@code Patient/id/$summary}). Only
 * sections whose every entry is a record of this server that the hub may show are taken from it.
 */
final class InternationalSummary {
    static final String PROBLEMS = "11450-4";
    static final String ALLERGIES = "48765-2";
    static final String MEDICATIONS = "10160-0";
    static final String IMMUNIZATIONS = "11369-6";

    private final ChartReading charts;
    private final Composition composition;
    private final Included included;
    private final Map<Reference, Resource> records = new HashMap<>();

    private InternationalSummary(ChartReading charts, Bundle document, Composition composition) {
        this.charts = charts;
        this.composition = composition;
        this.included = Included.in(document);
        for (var entry : document.getEntry()) {
            var own = reference(new org.hl7.fhir.r4.model.Reference(entry.getFullUrl()));
            own.filter(found -> found.id().equals(entry.getResource().getIdPart()))
                    .ifPresent(found -> records.put(found, entry.getResource()));
        }
    }

    /** The summary in a document; none where it is no document about the patient. */
    static Optional<InternationalSummary> in(Bundle document, Reference patient, ChartReading charts) {
        boolean written = document.hasEntry() && document.getEntryFirstRep().getResource() instanceof Composition;
        if (!written || document.getEntry().stream().anyMatch(entry -> entry.getResource() == null)) {
            return Optional.empty();
        }
        var composition = (Composition) document.getEntryFirstRep().getResource();
        return patient.equals(charts.server().reference(composition.getSubject()))
                ? Optional.of(new InternationalSummary(charts, document, composition))
                : Optional.empty();
    }

    /** The rows of a section; none where it is absent or empty, or holds anything else. */
    <R extends DomainResource, O extends Record> Optional<Page<O>> section(
            String code, ChartRequest<R, O> request, int limit) {
        var sections = composition.getSection().stream()
                .filter(section -> Concepts.hold(List.of(section.getCode()), code))
                .toList();
        if (sections.size() != 1 || sections.getFirst().getEntry().isEmpty()) {
            return Optional.empty();
        }
        return rows(sections.getFirst(), request.type().type())
                .flatMap(rows -> charts.shown(request, rows, included, limit));
    }

    private <R extends DomainResource> Optional<List<R>> rows(SectionComponent section, Class<R> type) {
        var rows = section.getEntry().stream()
                .flatMap(entry -> reference(entry).stream())
                .flatMap(own -> Optional.ofNullable(records.get(own)).stream())
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
        boolean all =
                rows.size() == section.getEntry().size() && section.getSection().isEmpty();
        return all ? Optional.of(rows) : Optional.empty();
    }

    private Optional<Reference> reference(org.hl7.fhir.r4.model.Reference reference) {
        return Optional.ofNullable(charts.server().reference(reference));
    }
}
