package org.ehrhub.fhir.documents;

import java.util.stream.Stream;
import org.ehrhub.fhir.charts.Actors;
import org.ehrhub.fhir.charts.ChartType;
import org.ehrhub.fhir.charts.Concepts;
import org.ehrhub.fhir.charts.TimeSpan;
import org.ehrhub.fhir.charts.Words;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.documents.Document;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.DocumentReferenceContentComponent;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.jspecify.annotations.Nullable;

/** FHIR's DocumentReference (R4, 2.42) in the hub's form. */
public final class DocumentRecords {
    private static final int TITLE = 200;

    private final FhirServer server;

    /** The documents of this server. */
    public DocumentRecords(FhirServer server) {
        this.server = server;
    }

    ChartType<DocumentReference, Document> type() {
        return new ChartType<>(
                DocumentReference.class,
                DocumentReference::getSubject,
                DocumentRecords::isMistaken,
                row -> Stream.concat(row.getContent().stream(), row.getRelatesTo().stream()),
                this::document);
    }

    /** The document in the hub's form. */
    public Document document(DocumentReference source) {
        return document(source, Included.in(new Bundle()));
    }

    private Document document(DocumentReference source, Included included) {
        var file = source.getContentFirstRep().getAttachment();
        return new Document(
                new Reference(server.ehr(), "DocumentReference", source.getIdPart()),
                title(source, file),
                Concepts.wordsOrCode(source.getType()),
                Concepts.token(source.getType()),
                Concepts.firstWords(source.getCategory()),
                status(source),
                at(source),
                author(source, included),
                format(file),
                source.getContent().size() > 1 ? source.getContent().size() : null,
                server.reference(source.getSubject()));
    }

    static boolean isMistaken(DocumentReference source) {
        return source.getStatus() == DocumentReferenceStatus.ENTEREDINERROR
                || source.getDocStatus() == ReferredDocumentStatus.ENTEREDINERROR;
    }

    static @Nullable String title(DocumentReference source, Attachment file) {
        return Words.line(file.hasTitle() ? file.getTitle() : source.getDescription(), TITLE);
    }

    /** What a reader must know of its state: replaced, a draft, changed after it was signed. */
    static @Nullable String status(DocumentReference source) {
        if (source.getStatus() == DocumentReferenceStatus.SUPERSEDED) {
            return source.getStatus().toCode();
        }
        return source.hasDocStatus() && source.getDocStatus() != ReferredDocumentStatus.FINAL
                ? source.getDocStatus().toCode()
                : null;
    }

    /** When it was written: its date, else when its file was made. */
    static @Nullable String at(DocumentReference source) {
        return source.hasDate()
                ? TimeSpan.written(source.getDateElement())
                : source.getContent().stream()
                        .map(DocumentReferenceContentComponent::getAttachment)
                        .filter(Attachment::hasCreation)
                        .findFirst()
                        .map(file -> TimeSpan.written(file.getCreationElement()))
                        .orElse(null);
    }

    static @Nullable String author(DocumentReference source, Included included) {
        return source.getAuthor().stream()
                .flatMap(author -> Stream.ofNullable(Actors.name(author, included)))
                .findFirst()
                .orElse(null);
    }

    /** The media type that the record claims, without parameters. */
    static @Nullable String format(Attachment file) {
        return Words.line(file.hasContentType() ? file.getContentType().split(";", 2)[0] : null, TITLE);
    }
}
