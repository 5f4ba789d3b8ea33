package org.ehrhub.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DigestsTest {
    @Test
    void isSha256OverLengthAndText() {
        // printf '3:abc' | sha256sum
        assertThat(Digests.sha256("abc")).isEqualTo("aab5f9ae99b2e38fb462025c8f72f570c9c811705d2a4277dc855d7fa293fe97");
    }

    @Test
    void tellsPartsApartThatReadTheSameWhenJoined() {
        assertThat(Digests.sha256("ab", "c")).isNotEqualTo(Digests.sha256("a", "bc"));
        assertThat(Digests.sha256("a", "")).isNotEqualTo(Digests.sha256("a"));
        assertThat(Digests.sha256("1:a")).isNotEqualTo(Digests.sha256("", "a"));
        assertThat(Digests.sha256("a1:b")).isNotEqualTo(Digests.sha256("a", "b"));
    }

    @Test
    void countsBytesOfUtf8() {
        assertThat(Digests.sha256("é", "x")).isNotEqualTo(Digests.sha256("é1:x"));
    }
}
