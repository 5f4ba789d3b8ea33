package org.ehrhub.fhir.documents;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentText;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DocumentReference;

/** {@code document.get} on one FHIR R4 server. */
final class DocumentReading {
    private final FhirServer server;
    private final DocumentFiles files;
    private final TextExtraction extraction;

    DocumentReading(FhirServer server) {
        this.server = server;
        this.files = new DocumentFiles(server);
        this.extraction = new TextExtraction(server.clock());
    }

    /** Reads one part of a document's text. */
    ToolResult<DocumentText> get(DocumentGet input, CallContext call) {
        var document = shown(stored(input, call));
        var chosen = chosen(document, input);
        var text = chosen.map(file -> extraction.of(files.get(file, document.source(), call), call))
                .orElseGet(() -> new ExtractedText(String.valueOf(document.words()), "text/plain"));
        var part = TextPart.of(text.text(), input.offset() == null ? 0 : input.offset());
        var facts = document.facts();
        var answer = new DocumentText(
                input.document(),
                chosen.map(Attachment::getTitle).orElseGet(facts::title),
                facts.type(),
                facts.status(),
                facts.at(),
                facts.author(),
                text.format(),
                document.files().size() > 1 ? document.files().size() : null,
                part.text(),
                part.next(),
                text.text().length(),
                server.reference(document.subject()));
        return new ToolResult.Ok<>(answer, server.provenance(document.source()), text.warnings());
    }

    private StoredDocument stored(DocumentGet input, CallContext call) {
        var id = FhirId.of(input.document(), "document", server.ehr());
        return input.document().type().equals("DiagnosticReport")
                ? StoredDocument.of(server.read(DiagnosticReport.class, id, call))
                : StoredDocument.of(server.read(DocumentReference.class, id, call));
    }

    private static StoredDocument shown(StoredDocument document) {
        if (document.mistaken()) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The EHR says that this document was entered in error.",
                    "Search the patient's documents again.");
        }
        if (document.modified()) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The record carries a modifier that the hub does not know and that may change its meaning.",
                    "Look at this document in the EHR itself.");
        }
        return document;
    }

    /** The file asked for; none where the record itself says all there is. */
    private static Optional<Attachment> chosen(StoredDocument document, DocumentGet input) {
        int wanted = input.file() == null ? 1 : input.file();
        if (document.files().isEmpty() && document.words() != null && wanted == 1) {
            return Optional.empty();
        }
        if (document.files().isEmpty()) {
            throw new EhrFailure(
                    ErrorCode.NOT_FOUND,
                    "The record holds no text and no file.",
                    "Look at this record in the EHR itself.");
        }
        if (wanted > document.files().size()) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`file` is beyond the last one.",
                    "Pass a number from 1 to " + document.files().size() + ".");
        }
        return Optional.of(document.files().get(wanted - 1));
    }
}
