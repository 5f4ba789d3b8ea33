package org.ehrhub.routes.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SealsTest {
    private final Seals seals = new Seals(new byte[32]);

    @Test
    void opensWhatItSealedForTheSamePurpose() {
        assertThat(seals.open("slot alpha", seals.seal("slot alpha", "Grün"))).contains("Grün");
    }

    @Test
    void opensNothingForAnotherPurpose() {
        assertThat(seals.open("slot beta", seals.seal("slot alpha", "x"))).isEmpty();
    }

    @Test
    void opensNothingOfAnotherHub() {
        var other = new byte[32];
        other[31] = 1;

        assertThat(new Seals(other).open("p", seals.seal("p", "x"))).isEmpty();
    }

    @Test
    void opensNothingThatWasChangedAnywhere() {
        var sealed = seals.seal("p", "some content");

        assertThat(IntStream.range(0, sealed.length() - 1)
                        .mapToObj(i -> sealed.substring(0, i)
                                + (sealed.charAt(i) == 'A' ? 'B' : 'A')
                                + sealed.substring(i + 1)))
                .allMatch(changed -> seals.open("p", changed).isEmpty());
    }

    @Test
    void opensNothingThatIsNoSealAtAll() {
        assertThat(seals.open("p", "")).isEmpty();
        assertThat(seals.open("p", "short")).isEmpty();
        assertThat(seals.open("p", "not base64 !")).isEmpty();
        assertThat(seals.open("p", "A".repeat(4000))).isEmpty();
    }

    @Test
    void neitherShowsNorRepeatsItsContent() {
        var first = seals.seal("p", "Ada Hill");

        assertThat(first).matches("[A-Za-z0-9_-]+").isNotEqualTo(seals.seal("p", "Ada Hill"));
    }

    @Test
    void wantsAKeyOf32Bytes() {
        assertThatThrownBy(() -> new Seals(new byte[16])).hasMessage("A sealing key has 32 bytes");
    }
}
