package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void takesLettersOfAnyScript() {
        assertThatNoException().isThrownBy(() -> Arguments.text("Grün-Łuczak O'Neil 山田", "family", 100));
    }
}
