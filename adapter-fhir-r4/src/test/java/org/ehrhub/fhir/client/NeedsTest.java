package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.Needs.Need;
import org.junit.jupiter.api.Test;

class NeedsTest {
    @Test
    void keepsWhatIsOnlyWantedApartFromWhatIsNeeded() {
        var needs = Needs.read("Coverage")
                .wanting(Needs.create("Claim").wanting(Needs.read("Patient")))
                .and(Needs.search("Coverage"));

        assertThat(needs.all()).containsExactly(new Need("Coverage", "read"), new Need("Coverage", "search-type"));
        assertThat(needs.wanted()).containsExactly(new Need("Claim", "create"), new Need("Patient", "read"));
    }

    @Test
    void areMetByTheOneOrTheOtherOfTwoWays() {
        var needs = Needs.read("Coverage").withEither(Needs.operation("Claim", "submit"), Needs.create("Claim"));

        assertThat(needs.unmet(lacking("$submit"))).isEmpty();
        assertThat(needs.unmet(lacking("create"))).isEmpty();
        assertThat(needs.unmet(lacking("create", "$submit"))).contains("no $submit");
        assertThat(needs.unmet(lacking("read"))).contains("no read");
    }

    private static Function<Need, Optional<String>> lacking(String... words) {
        return need -> Stream.of(words)
                .filter(need.word()::equals)
                .map(word -> "no " + word)
                .findFirst();
    }
}
