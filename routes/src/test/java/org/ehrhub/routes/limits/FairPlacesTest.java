package org.ehrhub.routes.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FairPlacesTest {
    private final FairPlaces places = new FairPlaces(64);

    @Test
    void nobodyTakesThemAll() {
        assertThat(taken("noisy", 1000)).isEqualTo(32);
    }

    @Test
    void thereIsAPlaceForANewcomerHoweverManyAreNoisy() {
        for (int i = 0; i < 5; i++) {
            assertThat(taken("noisy" + i, 1000)).isPositive();
        }

        assertThat(places.take("ann")).isTrue();
    }

    @Test
    void aPlaceThatIsGivenBackCanBeTakenAgain() {
        var one = new FairPlaces(1);
        assertThat(one.take("ann")).isTrue();
        assertThat(one.take("bob")).isFalse();
        one.give("ann");

        assertThat(one.take("bob")).isTrue();
        assertThat(one.taken()).isOne();
    }

    private long taken(String who, int tries) {
        return IntStream.range(0, tries).filter(i -> places.take(who)).count();
    }
}
