package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

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
}
