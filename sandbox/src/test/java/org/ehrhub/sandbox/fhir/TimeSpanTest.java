package org.ehrhub.sandbox.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DateTimeException;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeSpanTest {
    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

    @ParameterizedTest
    @CsvSource({
        "2026,2026-01-01T05:00:00Z,2027-01-01T05:00:00Z",
        "2026-03,2026-03-01T05:00:00Z,2026-04-01T04:00:00Z",
        "2026-03-08,2026-03-08T05:00:00Z,2026-03-09T04:00:00Z",
        "2026-03-08T09:00:00,2026-03-08T13:00:00Z,2026-03-08T13:00:01Z",
        "2026-03-08T09:00Z,2026-03-08T09:00:00Z,2026-03-08T09:01:00Z",
        "2026-03-08T09:00:00.250-05:00,2026-03-08T14:00:00.250Z,2026-03-08T14:00:00.251Z"
    })
    void standsForTheWholeOfItsPrecision(String text, String from, String until) {
        var span = TimeSpan.of(text, NEW_YORK);
        assertThat(span.from()).isEqualTo(from);
        assertThat(span.until()).isEqualTo(until);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yesterday", "2026-13", "2026-02-30", "2026-03-08T09:00:00 05:00"})
    void refusesOtherText(String text) {
        assertThatThrownBy(() -> TimeSpan.of(text, NEW_YORK)).isInstanceOf(DateTimeException.class);
    }

    @Test
    void touchesWithoutOverlapping() {
        var morning = TimeSpan.of("2026-03-08T09:00Z", NEW_YORK);
        var next = TimeSpan.of("2026-03-08T09:01Z", NEW_YORK);
        assertThat(morning.overlaps(next)).isFalse();
        assertThat(morning.overlaps(TimeSpan.of("2026-03-08", NEW_YORK))).isTrue();
    }
}
