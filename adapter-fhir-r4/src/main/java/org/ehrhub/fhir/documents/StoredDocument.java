package org.ehrhub.fhir.documents;

import java.util.List;
import java.util.stream.Stream;
import org.ehrhub.fhir.charts.Concepts;
import org.ehrhub.fhir.charts.TimeSpan;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.fhir.client.Modifiers;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * A record that holds documents or points at them.
 *
 * @param source the record
 * @param mistaken whether it was entered in error
 * @param modified whether it holds a modifier that the hub does not know
 * @param facts what is said of the document beside its text
 * @param files the files, of which each may be the same document in another form
 * @param words what the record itself says, where it has no file
 * @param subject whose it is
 */
record StoredDocument(
        DomainResource source,
        boolean mistaken,
        boolean modified,
        Facts facts,
        List<Attachment> files,
        @Nullable String words,
        Reference subject) {
    private static final Included NOTHING = Included.in(new Bundle());

    /** What is said of a document beside its text. */
    record Facts(
            @Nullable String title,
            @Nullable String type,
            @Nullable String status,
            @Nullable String at,
            @Nullable String author) {}

    static StoredDocument of(DocumentReference source) {
        var files = source.getContent().stream()
                .map(DocumentReferenceContentComponent::getAttachment)
                .toList();
        var facts = new Facts(
                DocumentRecords.title(source, source.getContentFirstRep().getAttachment()),
                Concepts.wordsOrCode(source.getType()),
                DocumentRecords.status(source),
                DocumentRecords.at(source),
                DocumentRecords.author(source, NOTHING));
        return new StoredDocument(
                source,
                DocumentRecords.isMistaken(source),
                Modifiers.unknownIn(source)
                        || Stream.concat(source.getContent().stream(), source.getRelatesTo().stream())
                                .anyMatch(part -> part.hasModifierExtension()),
                facts,
                files,
                null,
                source.getSubject());
    }

    static StoredDocument of(DiagnosticReport source) {
        var facts = new Facts(
                source.getPresentedForm().stream()
                        .findFirst()
                        .map(Attachment::getTitle)
                        .orElse(null),
                Concepts.wordsOrCode(source.getCode()),
                source.getStatus() == DiagnosticReportStatus.FINAL || !source.hasStatus()
                        ? null
                        : source.getStatus().toCode(),
                TimeSpan.written(source.getEffective()),
                source.getPerformerFirstRep().getDisplay());
        return new StoredDocument(
                source,
                source.getStatus() == DiagnosticReportStatus.ENTEREDINERROR,
                Modifiers.unknownIn(source),
                facts,
                source.getPresentedForm(),
                source.getConclusion(),
                source.getSubject());
    }
}
