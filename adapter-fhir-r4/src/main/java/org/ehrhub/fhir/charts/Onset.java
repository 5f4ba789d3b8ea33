package org.ehrhub.fhir.charts;

import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.StringType;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/** When something began, ended or was done, where that may also be the age of the patient or words. */
final class Onset {
    private static final int WORDS = 120;

    private Onset() {}

    /** As exact as it is written; an age says so. */
    static @Nullable String written(@Nullable Type value) {
        return switch (value) {
            case Quantity age -> aged(MeasuredValue.written(age));
            case Range ages -> aged(MeasuredValue.written(ages));
            case StringType words -> Words.line(words.getValue(), WORDS);
            case null, default -> TimeSpan.written(value);
        };
    }

    private static @Nullable String aged(@Nullable String age) {
        return age == null ? null : "at age " + age;
    }
}
