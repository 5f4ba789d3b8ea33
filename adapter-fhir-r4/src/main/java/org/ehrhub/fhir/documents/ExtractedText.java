package org.ehrhub.fhir.documents;

import java.util.ArrayList;
import java.util.List;

/**
 * The text of a file.
 *
 * @param text the text, line breaks as LF
 * @param format the media type of the file it is from
 * @param warnings what a reader must know of it
 */
record ExtractedText(String text, String format, List<String> warnings) {
    /** More than a thousand pages. */
    static final int MOST = 4_000_000;

    private static final String CUT = "The document is longer than the hub reads; its end is missing.";

    /** Takes a copy of the warnings, and drops what no text holds. */
    ExtractedText {
        boolean whole = text.length() <= MOST;
        var said = new ArrayList<>(warnings);
        if (!whole) {
            said.add(CUT);
        }
        text = tidy(whole ? text : text.substring(0, MOST));
        warnings = List.copyOf(said);
    }

    ExtractedText(String text, String format) {
        this(text, format, List.of());
    }

    private static String tidy(String text) {
        return text.replace("\r\n", "\n")
                .replace('\r', '\n')
                .replaceAll("[\\x00-\\x08\\x0B\\x0C\\x0E-\\x1F\\x7F]+", " ")
                .replaceAll(
                        "(?<![ \\t\\xA0])[ \\t\\xA0]++\\n", "\n") // looks at each space once, however many there are
                .replaceAll("\\n{3,}", "\n\n")
                .strip();
    }
}
