package org.ehrhub.fhir.documents;

import java.net.URI;
import java.net.URISyntaxException;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Content;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.Attachment;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Gets the files that records hold or point at (FHIR R4, 2.24.0.10), of at most 10 MiB. */
final class DocumentFiles {
    static final int MOST = 10 * 1024 * 1024;

    private final FhirServer server;

    DocumentFiles(FhirServer server) {
        this.server = server;
    }

    /**
     * One file.
     *
     * @throws EhrFailure {@code UNSUPPORTED} when it is too large, or not where the hub may get it
     */
    DocumentFile get(Attachment file, DomainResource holder, CallContext call) {
        var claimed = file.hasContentType() ? file.getContentType() : "";
        if (file.hasData()) {
            return DocumentFile.of(bounded(file.getData()), claimed, DocumentFile.Label.NONE);
        }
        var url = file.getUrl();
        if (url == null) {
            throw unsupported("The EHR gives no text and no address for this file.");
        }
        return url.startsWith("#") ? held(url, holder, claimed) : pointedAt(url, claimed, call);
    }

    private DocumentFile held(String url, DomainResource holder, String claimed) {
        return holder.getContained().stream()
                .filter(inside -> inside instanceof Binary
                        && url.equals("#" + String.valueOf(inside.getIdPart()).replace("#", "")))
                .map(Binary.class::cast)
                .filter(Binary::hasData)
                .findFirst()
                .map(inside -> DocumentFile.of(
                        bounded(inside.getData()), claimed, DocumentFile.Label.of(type(inside.getContentType()))))
                .orElseThrow(() -> unsupported("The EHR gives no text for this file."));
    }

    private DocumentFile pointedAt(String url, String claimed, CallContext call) {
        var record = server.reference(new Reference(url));
        if (record != null && record.type().equals("Binary")) {
            return labelled(server.binary(record.id(), MOST, call), claimed);
        }
        return labelled(server.fetchAttachment(elsewhere(url), MOST, call), claimed);
    }

    /**
     * An address outside FHIR. Under the base URL only a Binary is a file: reading anything else there, with the hub's login,
     * could start an operation.
     */
    private URI elsewhere(String url) {
        try {
            var address = new URI(url).normalize();
            boolean inside = address.toString().startsWith(server.base().toString()) || !address.isAbsolute();
            if (!inside && address.getRawPath() != null && !address.getRawPath().contains("$")) {
                return address;
            }
        } catch (URISyntaxException e) {
            throw unsupported("The address that the EHR gives for this file is none.");
        }
        throw unsupported("The EHR keeps this file at an address that the hub does not fetch from.");
    }

    private static DocumentFile labelled(Content content, String claimed) {
        return DocumentFile.of(content.bytes(), claimed, new DocumentFile.Label(content.type(), content.charset()));
    }

    private static byte[] bounded(byte[] data) {
        if (data.length > MOST) {
            throw unsupported("The file is larger than the hub reads.");
        }
        return data;
    }

    private static String type(@Nullable String contentType) {
        return contentType == null ? "" : contentType;
    }

    private static EhrFailure unsupported(String message) {
        return new EhrFailure(ErrorCode.UNSUPPORTED, message, "Open this document in the EHR itself.");
    }
}
