package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.stream.IntStream;
import org.ehrhub.store.Payloads.Column;
import org.junit.jupiter.api.Test;

class PayloadsTest {
    private static final String TEXT = "Refer Zoë Marker to cardiology";

    private final Payloads payloads = new Payloads(SampleKeys.of(1));

    @Test
    void givesBackWhatWasSealed() {
        var stored = payloads.seal(Column.APPROVAL_PREVIEW, "a", TEXT);
        assertThat(stored).startsWith("1:0000000000000001:").doesNotContain("Marker");
        assertThat(payloads.open(Column.APPROVAL_PREVIEW, "a", stored)).isEqualTo(TEXT);
        assertThat(payloads.open(Column.APPROVAL_PREVIEW, "a", payloads.seal(Column.APPROVAL_PREVIEW, "a", "")))
                .isEmpty();
    }

    @Test
    void neverSealsTheSameTextAlike() {
        assertThat(IntStream.range(0, 1000).mapToObj(i -> payloads.seal(Column.APPROVAL_PREVIEW, "a", TEXT)))
                .doesNotHaveDuplicates();
    }

    @Test
    void refusesATextThatWasMovedToAnotherRow() {
        var stored = payloads.seal(Column.APPROVAL_PREVIEW, "a", TEXT);
        assertThatThrownBy(() -> payloads.open(Column.APPROVAL_PREVIEW, "b", stored))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("approval.preview");
    }

    @Test
    void refusesATextOfWhichAnyByteWasChanged() {
        var stored = payloads.seal(Column.APPROVAL_PREVIEW, "a", TEXT);
        var start = stored.lastIndexOf(':') + 1;
        var bytes = Base64.getDecoder().decode(stored.substring(start));
        for (var at = 0; at < bytes.length; at++) {
            var changed = bytes.clone();
            changed[at] ^= 1;
            var text = stored.substring(0, start) + Base64.getEncoder().encodeToString(changed);
            assertRefused(text);
        }
        for (var length = 0; length < stored.length(); length++) {
            assertRefused(stored.substring(0, length));
        }
        assertRefused(stored.replace("1:0", "2:0"));
    }

    private void assertRefused(String text) {
        assertThatThrownBy(() -> payloads.open(Column.APPROVAL_PREVIEW, "a", text))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageNotContaining("Marker");
    }

    @Test
    void anOlderKeyOnlyDecrypts() {
        var stored = payloads.seal(Column.APPROVAL_PREVIEW, "a", TEXT);
        var rotated = new Payloads(SampleKeys.of(2, 1));
        assertThat(rotated.open(Column.APPROVAL_PREVIEW, "a", stored)).isEqualTo(TEXT);
        assertThat(rotated.seal(Column.APPROVAL_PREVIEW, "a", TEXT)).startsWith("1:0000000000000002:");
        assertThatThrownBy(() -> new Payloads(SampleKeys.of(2)).open(Column.APPROVAL_PREVIEW, "a", stored))
                .hasMessageContaining("needs the key 0000000000000001");
    }
}
