package org.ehrhub.fhir.documents;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * A part of a text that fits an answer.
 *
 * @param text the part, at most {@value #CHARACTERS} characters and about {@value #BYTES} bytes as JSON
 * @param next where the next part begins; none at the end
 */
record TextPart(String text, @Nullable Integer next) {
    private static final int CHARACTERS = 12_000;
    private static final int BYTES = 13_000;
    /** How far back a better place to end is looked for. */
    private static final int BACK = 200;

    /**
     * The part from there on, which never begins or ends within a character.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when the text is shorter
     */
    static TextPart of(String text, int offset) {
        if (offset > text.length() || (offset > 0 && offset == text.length())) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`offset` is beyond the end of the text.",
                    "Pass `next` of the answer before, or none to begin.");
        }
        int start = splits(text, offset) ? offset - 1 : offset;
        int end = end(text, start);
        return new TextPart(text.substring(start, end), end == text.length() ? null : end);
    }

    private static int end(String text, int start) {
        int at = start;
        int bytes = 0;
        while (at < text.length() && at - start < CHARACTERS && bytes < BYTES) {
            int character = text.codePointAt(at);
            bytes += cost(character);
            at += Character.charCount(character);
        }
        return at == text.length() ? at : better(text, start, at);
    }

    /** A line's end near by, else a word's. */
    private static int better(String text, int start, int end) {
        for (char gap : new char[] {'\n', ' '}) {
            int found = text.lastIndexOf(gap, end - 1);
            if (found > start && found >= end - BACK) {
                return found + 1;
            }
        }
        return end;
    }

    private static boolean splits(String text, int at) {
        return at > 0
                && at < text.length()
                && Character.isLowSurrogate(text.charAt(at))
                && Character.isHighSurrogate(text.charAt(at - 1));
    }

    /** Bytes of a character in a JSON string. */
    private static int cost(int character) {
        if (character < 0x80) {
            return character == '"' || character == '\\' || character < ' ' ? 2 : 1;
        }
        return character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    }
}
