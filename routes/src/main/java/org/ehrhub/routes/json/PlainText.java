package org.ehrhub.routes.json;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Text of an EHR as it may be shown to a model: without control characters, and without the invisible ones that reorder
 * or hide text (Unicode general categories Cc but tab and newline, Cf, Co, Cs, Zl, Zp, and plane 14, whose tags and
 * variation selectors can carry a hidden text; UAX 9 bidirectional controls are in Cf).
 */
final class PlainText {
    private static final int PLANE = 0x10000;
    private static final int TAGS_AND_SELECTORS = 14;

    private PlainText() {}

    static String of(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c < ' ' || c >= 127) {
                return cleaned(text);
            }
        }
        return text;
    }

    /** The same JSON with each text in it made plain. */
    static JsonNode in(JsonNode json) {
        return switch (json) {
            case StringNode text -> StringNode.valueOf(of(text.stringValue()));
            case ArrayNode array -> {
                for (var i = 0; i < array.size(); i++) {
                    array.set(i, in(array.get(i)));
                }
                yield array;
            }
            case ObjectNode object -> {
                object.properties().forEach(property -> property.setValue(in(property.getValue())));
                yield object;
            }
            default -> json;
        };
    }

    private static String cleaned(String text) {
        return text.codePoints()
                .filter(PlainText::plain)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean plain(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c == '\n' || c == '\t';
            case Character.FORMAT,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> c / PLANE != TAGS_AND_SELECTORS;
        };
    }
}
