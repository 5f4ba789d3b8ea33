package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehrhub.tools.Downstream.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownstreamTest {
    private final Downstream downstream = new Downstream();

    @Test
    void countsWhatWasAskedOfEachEhr() {
        downstream.note(new Exchange("alpha", "GET", "200"));
        downstream.note(new Exchange("alpha", "POST", "201"));
        downstream.note(new Exchange("beta", "QBP^Q22", "AA"));
        downstream.note(new Exchange("alpha", "GET", "200"));

        assertThat(downstream.of("alpha")).containsExactly("GET 200 x2", "POST 201");
        assertThat(downstream.of("beta")).containsExactly("QBP^Q22 AA");
        assertThat(downstream.of("gamma")).isEmpty();
    }

    @Test
    void keepsABoundedNumber() {
        for (int i = 0; i < 1000; i++) {
            downstream.note(new Exchange("alpha", "M" + i, "200"));
        }
        downstream.note(new Exchange("alpha", "M0", "200"));

        assertThat(downstream.of("alpha")).hasSize(24).startsWith("M0 200 x2");
    }

    @ParameterizedTest
    @CsvSource({"GET /Patient/1, 200", "get, 200", "GET, 200 Ada", "GET, ''"})
    void takesNoAddressAndNoText(String method, String status) {
        assertThatThrownBy(() -> new Exchange("alpha", method, status)).isInstanceOf(IllegalArgumentException.class);
    }
}
