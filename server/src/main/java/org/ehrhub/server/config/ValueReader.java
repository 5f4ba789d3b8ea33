package org.ehrhub.server.config;

import org.jspecify.annotations.Nullable;

/** Reads a value of one type; null after it has said what is wrong. */
@FunctionalInterface
interface ValueReader<T> {
    @Nullable
    T read(YamlValue value, Problems problems);

    /** A reader of single values; the parser throws {@link IllegalArgumentException} for what it does not accept. */
    static <T> ValueReader<T> ofText(String form, TextParser<T> parser) {
        return (value, problems) -> {
            if (value instanceof YamlValue.Scalar(var place, var text)) {
                try {
                    return parser.parse(text);
                } catch (IllegalArgumentException | java.time.DateTimeException e) {
                    problems.add(place, "must be " + form);
                }
            } else {
                problems.add(value.place(), "must be " + form + ", not " + value.kind());
            }
            return null;
        };
    }

    /** Parses a text. */
    @FunctionalInterface
    interface TextParser<T> {
        T parse(String text);
    }
}
