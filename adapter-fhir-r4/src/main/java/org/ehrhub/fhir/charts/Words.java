package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Annotation;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Text that people wrote into records, kept short: what is cut ends in an ellipsis. */
public final class Words {
    private static final int NOTE = 300;

    private Words() {}

    /** A text of at most so many characters; none where it is blank. */
    public static @Nullable String line(@Nullable String text, int most) {
        if (text == null || text.isBlank()) {
            return null;
        }
        var plain = text.strip();
        if (plain.length() <= most) {
            return plain;
        }
        int end = most - 1;
        return plain.substring(0, Character.isHighSurrogate(plain.charAt(end - 1)) ? end - 1 : end) + "…";
    }

    /** Those that are there, as one text. */
    public static @Nullable String joined(String between, Stream<@Nullable String> texts, int most) {
        return line(texts.filter(Objects::nonNull).collect(Collectors.joining(between)), most);
    }

    /** What was noted on a record. */
    public static @Nullable String notes(List<Annotation> notes) {
        return joined(" | ", notes.stream().map(Annotation::getText), NOTE);
    }

    /** What a record calls those it points at. */
    public static @Nullable String displays(List<Reference> references, int most) {
        return joined("; ", references.stream().map(Reference::getDisplay), most);
    }
}
