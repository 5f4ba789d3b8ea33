package org.ehrhub.routes.json;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x0,
                0x7,
                0x8,
                0xB,
                0xD,
                0x1B,
                0x7F,
                0x85,
                0x9F, // control characters
                0xAD,
                0x200B,
                0x200C,
                0x200D,
                0x2060,
                0xFEFF, // invisible ones
                0x61C,
                0x200E,
                0x200F,
                0x202A,
                0x202B,
                0x202C,
                0x202D,
                0x202E,
                0x2066,
                0x2067,
                0x2068,
                0x2069, // direction
                0x2028,
                0x2029, // lines
                0xE000,
                0xF8FF,
                0xF0000, // private use
                0xE0001,
                0xE0041,
                0xE007F,
                0xE0100,
                0xE01EF // tags and selectors that carry hidden text
            })
    void leavesOutWhatHidesOrReordersText(int c) {
        assertThat(PlainText.of("a" + Character.toString(c) + "b")).isEqualTo("ab");
    }

    @Test
    void makesEachTextOfAResourcePlain() {
        var json = JsonMapper.shared().readTree("""
                {"a":"x\\u202ey","b":[{"c":"\\u200bz"},"\\u0007"],"d":1.50,"e":null}""");

        assertThat(PlainText.in(json).toString()).isEqualTo("""
                {"a":"xy","b":[{"c":"z"},""],"d":1.5,"e":null}""");
    }

    @Test
    void leavesOutHalfACharacter() {
        assertThat(PlainText.of("a\ud83db")).isEqualTo("ab");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Ada Hill",
                "Müller-Łukasz",
                "山田太郎",
                "محمد",
                "two\nlines\tand a tab",
                "👩🏽",
                "e\u0301",
                "~ !"
            })
    void keepsWhatAPersonReads(String text) {
        assertThat(PlainText.of(text)).isEqualTo(text);
    }
}
