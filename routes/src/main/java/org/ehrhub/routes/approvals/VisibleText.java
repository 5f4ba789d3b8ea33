package org.ehrhub.routes.approvals;

import java.util.Locale;
import java.util.Set;

/**
 * Text of a model or an EHR as a person may be shown it before it is written: what cannot be seen, or would reorder what can, is
 * spelled out ({@code [U+202E]}) and not left out, because it would be written too. Of the Unicode general categories these are
 * Cc but newline, Cf, Co, Cs, Cn, Zl and Zp, and beside them the letters that are blank and the selectors of variants.
 */
public final class VisibleText {
    private static final Set<Integer> BLANK =
            Set.of(0x00AD, 0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0);
    private static final int PLANE = 0x10000;
    private static final int TAGS_AND_SELECTORS = 14;

    private VisibleText() {}

    /** The text, with nothing in it that is not seen. */
    public static String of(String text) {
        var out = new StringBuilder(text.length());
        text.replace("\r\n", "\n").codePoints().forEach(c -> {
            if (isSeen(c)) {
                out.appendCodePoint(c);
            } else {
                out.append(String.format(Locale.ROOT, "[U+%04X]", c));
            }
        });
        return out.toString();
    }

    /** Whether something in it is spelled out. */
    public static boolean hides(String text) {
        return !of(text).equals(text.replace("\r\n", "\n"));
    }

    private static boolean isSeen(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n';
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c / PLANE != TAGS_AND_SELECTORS && !BLANK.contains(c) && !isSelector(c);
        };
    }

    private static boolean isSelector(int c) {
        return (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x180B && c <= 0x180F);
    }
}
