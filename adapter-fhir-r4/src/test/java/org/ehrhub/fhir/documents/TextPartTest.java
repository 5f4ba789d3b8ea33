package org.ehrhub.fhir.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextPartTest {
    @ParameterizedTest
    @ValueSource(strings = {"word ", "x", "line\n", "é", "漢", "😀", "\"", "ab😀"})
    void givesALongTextInPartsThatFitAnAnswerAndLoseNothing(String piece) {
        var text = piece.repeat(40_000 / piece.length() + 1).strip();
        var read = new StringBuilder();
        Integer next = 0;
        while (next != null) {
            var part = TextPart.of(text, next);
            assertThat(part.text().length()).isBetween(1, 12_001);
            assertThat(part.text().replace("\"", "\\\"").replace("\n", "\\n").getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(13_100);
            assertThat(Character.isLowSurrogate(part.text().charAt(0))).isFalse();
            assertThat(Character.isHighSurrogate(part.text().charAt(part.text().length() - 1)))
                    .isFalse();
            read.append(part.text());
            next = part.next();
        }
        assertThat(read.toString()).isEqualTo(text);
    }

    @Test
    void givesAShortTextWhole() {
        assertThat(TextPart.of("short", 0)).isEqualTo(new TextPart("short", null));
        assertThat(TextPart.of("short", 2)).isEqualTo(new TextPart("ort", null));
    }

    @Test
    void endsAtALineOrAWordWhereOneIsNear() {
        var text = "a".repeat(11_900) + "\n" + "b c".repeat(5_000);
        assertThat(TextPart.of(text, 0).text()).hasSize(11_901);
        assertThat(TextPart.of("a".repeat(11_990) + " " + "b".repeat(9_000), 0).text())
                .hasSize(11_991);
    }

    @Test
    void beginsNoPartWithinACharacter() {
        assertThat(TextPart.of("a😀b", 2).text()).isEqualTo("😀b");
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 6, 50_000_000})
    void refusesAnOffsetBeyondTheEnd(int offset) {
        assertThatThrownBy(() -> TextPart.of("short", offset))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                .hasMessageContaining("`offset`");
    }
}
