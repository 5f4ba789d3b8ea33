package org.ehrhub.fhir.resources;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** A value as a caller wrote it, with percent-encoding (RFC 3986, 2.1) taken off once; a plus sign stays one. */
final class PercentText {
    private static final Pattern WELL_FORMED = Pattern.compile("(?:[^%]++|%[0-9A-Fa-f]{2})*+");
    private static final char REPLACED = '\uFFFD';

    private PercentText() {}

    /** The text; empty when it is not well-formed UTF-8, or holds what nobody can see. */
    static Optional<String> decoded(String written) {
        if (!isVisible(written) || !WELL_FORMED.matcher(written).matches()) {
            return Optional.empty();
        }
        return Optional.of(URLDecoder.decode(written.replace("+", "%2B"), StandardCharsets.UTF_8))
                .filter(text -> isVisible(text) && text.indexOf(REPLACED) < 0);
    }

    /** Whether a text holds no control, format or private character, and no half of one. */
    static boolean isVisible(String text) {
        return text.codePoints().noneMatch(c -> switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        });
    }
}
