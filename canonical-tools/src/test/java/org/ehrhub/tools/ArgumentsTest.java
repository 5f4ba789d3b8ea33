package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @ParameterizedTest
    @ValueSource(strings = {"Hill\rPID|1||X", "Hill\nX", "Hill\u000bX", "Hill\u001cX", "Hill\u0085X"})
    void refusesTextThatCouldEndALineOrAMessage(String text) {
        assertThatThrownBy(() -> Arguments.text(text, "family", 100))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("`family`")
                .hasMessageNotContaining("Hill");
    }

    @Test
    void refusesHalfACharacter() {
        for (var text : List.of("Hi\ud83d", "\ude00ll")) {
            assertThatThrownBy(() -> Arguments.text(text, "family", 100)).isInstanceOf(InvalidArgument.class);
            assertThatThrownBy(() -> Arguments.paragraphs(text, "note", 100)).isInstanceOf(InvalidArgument.class);
        }
        assertThatNoException().isThrownBy(() -> Arguments.text("\ud83d\ude00", "family", 100));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01", "-0001-01-01", "+10000-01-01", "2026-02-30", "2025-02-29", "2026-13-01", "x"})
    void refusesADateThatFhirCannotWrite(String date) {
        assertThatThrownBy(() -> Arguments.date(date, "date")).isInstanceOf(InvalidArgument.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-12-31T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-01-01T00:00:00+14:01",
                "2026-01-01T00:00:00-18:00"
            })
    void refusesATimeThatFhirCannotWrite(String time) {
        assertThatThrownBy(() -> Arguments.span(null, OffsetDateTime.parse(time)))
                .isInstanceOf(InvalidArgument.class)
                .hasMessageContaining("`to`");
    }

    @Test
    void takesTheFirstAndTheLastDay() {
        assertThatNoException().isThrownBy(() -> {
            Arguments.date("0001-01-01", "date");
            Arguments.date("9999-12-31", "date");
            Arguments.time(OffsetDateTime.parse("9999-12-31T23:59:59+14:00"), "at");
        });
    }

    @Test
    void takesLettersOfAnyScript() {
        assertThatNoException().isThrownBy(() -> Arguments.text("Grün-Łuczak O'Neil 山田", "family", 100));
    }
}
