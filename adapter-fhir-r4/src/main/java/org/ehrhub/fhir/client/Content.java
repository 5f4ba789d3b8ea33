package org.ehrhub.fhir.client;

import ca.uhn.fhir.parser.DataFormatException;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import org.hl7.fhir.r4.model.Binary;

/** The bytes of a document as a server gave them, with the media type that it gave them; nothing of them is trusted. */
public final class Content {
    private static final Set<String> FHIR_XML = Set.of("application/fhir+xml", "application/xml+fhir");

    /** Nothing. */
    static final Content NONE = new Content(new byte[0], "");

    private static final int REST_OF_BINARY = 16 * 1024;

    private final byte[] bytes;
    private final String type;

    Content(byte[] bytes, String type) {
        this.bytes = bytes;
        this.type = type;
    }

    boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The media type without parameters, in small letters; {@code application/octet-stream} when none was given. */
    public String type() {
        return mediaType(type);
    }

    /** The character set that the media type names, empty when it names none. */
    public String charset() {
        var parts = type.toLowerCase(Locale.ROOT).split("charset=", 2);
        return parts.length == 1 ? "" : parts[1].split("[;\\s]", 2)[0].replace("\"", "");
    }

    /** Whether this is a FHIR resource rather than a document. */
    boolean isResource() {
        return FHIR_XML.contains(type()) || !resourceType().isEmpty();
    }

    /** What a Binary resource holds where the server sent one instead of the document itself (FHIR R4, 2.39.3). */
    Content unwrapped() {
        if (!resourceType().equals("Binary")) {
            return this;
        }
        try {
            return FhirClients.parse(bytes) instanceof Binary binary && binary.hasData()
                    ? new Content(binary.getData(), String.valueOf(binary.getContentType()))
                    : this;
        } catch (DataFormatException e) {
            return this; // a document that says of itself to be FHIR
        }
    }

    private String resourceType() {
        try {
            return type().contains("json") ? JsonAnswer.resourceType(bytes, bytes.length) : "";
        } catch (IOException e) {
            return ""; // JSON, perhaps, but no resource that the hub would read
        }
    }

    /** How many bytes a document of this size takes in FHIR's own wrapping: base64, and the rest of the resource. */
    static int mostWrapped(int maxBytes) {
        return (int) Math.min(Integer.MAX_VALUE - 1L, maxBytes * 4L / 3 + REST_OF_BINARY);
    }

    Content atMost(int maxBytes) {
        if (bytes.length > maxBytes) {
            throw FhirFailures.tooLarge();
        }
        return this;
    }

    private static String mediaType(String header) {
        var type = header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return type.matches("[a-z0-9.+-]+/[a-z0-9.+_-]+") ? type : "application/octet-stream";
    }
}
