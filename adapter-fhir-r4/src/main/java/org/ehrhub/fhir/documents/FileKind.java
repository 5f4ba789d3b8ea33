package org.ehrhub.fhir.documents;

import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;

/** Kinds of files, by how the text is got out of them. */
enum FileKind {
    PLAIN,
    HTML,
    XML,
    PDF,
    RTF,
    PICTURE,
    OTHER;

    private static final Set<String> TEXTS = Set.of("application/json", "application/fhir+json", "application/yaml");
    private static final Set<String> PICTURES = Set.of("application/dicom", "image/", "video/", "audio/");

    /** The kind of a media type. */
    static FileKind of(String type) {
        return switch (type) {
            case "text/html", "application/xhtml+xml" -> HTML;
            case "application/pdf", "application/x-pdf" -> PDF;
            case "application/rtf", "text/rtf", "text/richtext", "application/x-rtf" -> RTF;
            case "text/xml", "application/xml" -> XML;
            default -> other(type);
        };
    }

    /**
     * The text of a file of this kind.
     *
     * @throws Exception as the readers of files do over what is broken
     */
    ExtractedText text(DocumentFile file, Effort effort) throws Exception {
        return switch (this) {
            case PLAIN -> PlainFile.text(file);
            case HTML -> MarkupFile.html(file, effort);
            case XML -> MarkupFile.xml(file, effort);
            case PDF -> PdfFile.text(file, effort);
            case RTF -> RtfFile.text(file, effort);
            case PICTURE ->
                throw unsupported(
                        "The file is a picture or a recording, and the hub reads text only.",
                        "Look for the report on it with report.list, or open it in the EHR itself.");
            case OTHER ->
                throw unsupported(
                        "The hub cannot get text out of a file of this kind.",
                        "Try another `file` of this document, or open it in the EHR itself.");
        };
    }

    private static FileKind other(String type) {
        if (PICTURES.stream().anyMatch(type::startsWith)) {
            return PICTURE;
        }
        if (type.endsWith("+xml")) {
            return XML;
        }
        return type.startsWith("text/") || TEXTS.contains(type) ? PLAIN : OTHER;
    }

    private static EhrFailure unsupported(String message, String hint) {
        return new EhrFailure(ErrorCode.UNSUPPORTED, message, hint);
    }

    /** What to say of characters that could not be read. */
    static List<String> unreadable(boolean any) {
        return any
                ? List.of("Some characters of the file could not be read in its character set; they show as \uFFFD.")
                : List.of();
    }
}
