package org.ehrhub.fhir.documents;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A document's file as it was got, of which nothing is trusted. */
final class DocumentFile {
    private static final String UNKNOWN = "application/octet-stream";
    private static final int HEAD = 512;

    private final byte[] bytes;
    private final String type;
    private final String charset;

    private DocumentFile(byte[] bytes, String type, String charset) {
        this.bytes = bytes;
        this.type = type;
        this.charset = charset;
    }

    /** A file with the media type that its record claims, and the one it came with. */
    static DocumentFile of(byte[] bytes, String claimed, DocumentFile.Label sent) {
        var label = Label.of(claimed);
        var type = label.type.equals(UNKNOWN) ? sent.type : label.type;
        return new DocumentFile(bytes, plain(type, bytes), sent.charset.isEmpty() ? label.charset : sent.charset);
    }

    /** What it holds; for reading only. */
    byte[] bytes() {
        return bytes;
    }

    /** Its media type in small letters without parameters, corrected where the bytes plainly say otherwise. */
    String type() {
        return type;
    }

    /** The character set that was named for it, empty where none was. */
    String charset() {
        return charset;
    }

    /** A media type with its character set (RFC 9110, 8.3). */
    record Label(String type, String charset) {
        static final Label NONE = new Label(UNKNOWN, "");

        static Label of(String header) {
            var small = header.toLowerCase(Locale.ROOT);
            var type = small.split(";", 2)[0].strip();
            var parts = small.split("charset=", 2);
            return new Label(
                    type.matches("[a-z0-9.+-]+/[a-z0-9.+_-]+") ? type : UNKNOWN,
                    parts.length == 1 ? "" : parts[1].split("[;\\s]", 2)[0].replace("\"", ""));
        }
    }

    /** Where a file begins as only one kind does, it is of that kind, whatever it is called. */
    private static String plain(String type, byte[] bytes) {
        var head = new String(bytes, 0, Math.min(HEAD, bytes.length), StandardCharsets.ISO_8859_1).stripLeading();
        if (head.startsWith("%PDF-")) {
            return "application/pdf";
        }
        if (head.startsWith("{\\rtf")) {
            return "application/rtf";
        }
        if (type.equals(UNKNOWN)) {
            var small = head.toLowerCase(Locale.ROOT);
            return small.startsWith("<!doctype html") || small.startsWith("<html")
                    ? "text/html"
                    : small.contains("<?xml") || small.startsWith("<clinicaldocument") ? "application/xml" : UNKNOWN;
        }
        return type;
    }
}
