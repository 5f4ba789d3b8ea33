package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DateSpanTest {
    @ParameterizedTest
    @CsvSource({
        "2026, 2026-03-01, true",
        "2026, 2025-12-28, false",
        "eq2026-03, 2026-03-31T23:00:00Z, true",
        "ge2026-03-01, 2026-02-28T20:00:00Z, true",
        "ge2026-03-01, 2026-02-27T20:00:00Z, false",
        "lt2026-03-01T10:00:00Z, 2026-03-01T10:00:00Z, true",
        "lt2026-03-01T10:00:00Z, 2026-03-01T10:00:01Z, false",
        "gt2026-03-01T10:00:00+02:00, 2026-03-01T08:00:05Z, true",
        "gt2026-03-01T10:00:00+02:00, 2026-03-01T07:59:00Z, false",
        "ne2026, 2026, true"
    })
    void dropsOnlyWhatIsSurelyOutside(String filter, String held, boolean fits) {
        assertThat(DateSpan.comparison(filter).orElseThrow().mayHold(held, held))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "26",
                "2026-3",
                "2026-13",
                "2026-02-30",
                "2026-01-01T25:00:00Z",
                "xx2026",
                "ge",
                "2026-01-01T10:00:00+99:00"
            })
    void takesNoDateThatDoesNotExist(String filter) {
        assertThat(DateSpan.comparison(filter)).isEmpty();
    }
}
