package org.ehrhub.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdqKeyTest {
    @Test
    void readsBackTheReferenceItGave() {
        var key = new PdqKey("10 01/A", "STM", "1.2.3.4");

        assertThat(PdqKey.parse(key.in("stmarys").id())).contains(key);
    }

    @Test
    void fitsAReferenceAtTheFullLengthOfItsFields() {
        var key = new PdqKey("1".repeat(80), "N".repeat(40), "1".repeat(64));

        assertThat(key.in("stmarys").id()).hasSizeLessThanOrEqualTo(256);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1001", "1001^^^STM\rPID|1", "1001^^^STM|X", "1001^^^STM~2^^^STM", "^^^STM"})
    void refusesWhatCouldChangeTheQuery(String forged) {
        var id = Base64.getUrlEncoder().withoutPadding().encodeToString(forged.getBytes(StandardCharsets.UTF_8));

        assertThat(PdqKey.parse(id)).isEmpty();
    }

    @Test
    void refusesAnIdThatIsNoBase64url() {
        assertThat(PdqKey.parse("a.b")).isEmpty();
    }
}
