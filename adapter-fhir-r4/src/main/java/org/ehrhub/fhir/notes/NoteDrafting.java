package org.ehrhub.fhir.notes;

import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.HubDevice;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.NoteDraft;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.DocumentReference;
import org.hl7.fhir.r4.model.DocumentReference.ReferredDocumentStatus;
import org.hl7.fhir.r4.model.Enumerations.DocumentReferenceStatus;
import org.hl7.fhir.r4.model.InstantType;
import org.jspecify.annotations.Nullable;

/** {@code note.draft}: a preliminary clinical note with its text inside it (US Core DocumentReference). */
final class NoteDrafting implements Creation.Form<NoteDraft, DocumentReference, Document> {
    private static final String CATEGORIES =
            "http://hl7.org/fhir/us/core/CodeSystem/us-core-documentreference-category";

    private final FhirServer server;
    private final Links links;

    NoteDrafting(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
    }

    @Override
    public Class<DocumentReference> type() {
        return DocumentReference.class;
    }

    @Override
    public DocumentReference draft(NoteDraft input, CallContext call) {
        links.mustBeOurs(input.encounter(), "encounter");
        var now = server.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        var note = new DocumentReference()
                .setStatus(DocumentReferenceStatus.CURRENT)
                .setDocStatus(ReferredDocumentStatus.PRELIMINARY)
                .setType(kind(input.type()))
                .addCategory(Concepts.of(CATEGORIES, "clinical-note", "Clinical Note"))
                .setDescription(input.title())
                .setDateElement(new InstantType(now))
                .addAuthor(HubDevice.reference())
                .setSubject(links.patient(input.patient(), call));
        note.addContent()
                .getAttachment()
                .setContentType("text/plain")
                .setTitle(input.title())
                .setCreationElement(new DateTimeType(now))
                .setData(input.text().getBytes(StandardCharsets.UTF_8));
        var encounter = links.encounter(input.encounter(), input.patient(), call);
        if (encounter != null) {
            note.getContext().addEncounter(encounter);
        }
        HubDevice.mark(note);
        return note;
    }

    @Override
    public boolean fits(NoteDraft input, DocumentReference held) {
        return links.isOf(held, input.patient());
    }

    @Override
    public Document shown(DocumentReference held) {
        var file = held.getContentFirstRep().getAttachment();
        return new Document(
                new Reference(server.ehr(), "DocumentReference", held.getIdPart()),
                held.hasDescription() ? held.getDescription() : file.getTitle(),
                Concepts.words(held.getType()),
                Concepts.token(held.getType()),
                held.getCategory().isEmpty() ? null : Concepts.words(held.getCategoryFirstRep()),
                status(held),
                held.getDateElement().getValueAsString(),
                held.getAuthor().isEmpty() ? null : held.getAuthorFirstRep().getDisplay(),
                file.getContentType(),
                held.getContent().size() > 1 ? held.getContent().size() : null,
                server.reference(held.getSubject()));
    }

    private static CodeableConcept kind(@Nullable String type) {
        return type == null
                ? Concepts.of(Concepts.LOINC, "11506-3", "Progress note")
                : Concepts.coded(null, type, "type");
    }

    /** What a reader must know: that it is a draft, or no longer the current one. */
    private static @Nullable String status(DocumentReference held) {
        if (held.hasStatus() && held.getStatus() != DocumentReferenceStatus.CURRENT) {
            return held.getStatus().toCode();
        }
        return held.hasDocStatus() && held.getDocStatus() != ReferredDocumentStatus.FINAL
                ? held.getDocStatus().toCode()
                : null;
    }
}
