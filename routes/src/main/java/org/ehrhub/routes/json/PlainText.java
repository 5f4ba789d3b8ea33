package org.ehrhub.routes.json;

/**
 * Text of an EHR as it may be shown to a model: without control characters, and without the invisible ones that reorder
 * or hide text (Unicode general categories Cc but tab and newline, Cf, Co, Cs; UAX 9 bidirectional controls are in Cf).
 */
final class PlainText {
    private PlainText() {}

    static String of(String text) {
        return text.codePoints().allMatch(PlainText::plain)
                ? text
                : text.codePoints()
                        .filter(PlainText::plain)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
    }

    private static boolean plain(int c) {
        if (c >= ' ' && c < 127) {
            return true;
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
