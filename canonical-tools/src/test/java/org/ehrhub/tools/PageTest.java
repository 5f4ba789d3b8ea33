package org.ehrhub.tools;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {
    private record Row(int number) {}

    @Test
    void isCompleteWhenTheListEndsWithIt() {
        assertThat(Page.all(List.of(new Row(1))).complete()).isTrue();
        assertThat(new Page<>(List.<Row>of(), null, null, List.of()).complete()).isTrue();
    }

    @Test
    void isNotCompleteWhileTheListGoesOn() {
        assertThat(new Page<>(List.of(new Row(1)), null, "2", List.of()).complete())
                .isFalse();
    }

    @Test
    void isNotCompleteWhenTheEhrKeepsRowsBack() {
        assertThat(new Page<>(List.of(new Row(1)), 57L, null, List.of(), true).complete())
                .isFalse();
    }
}
