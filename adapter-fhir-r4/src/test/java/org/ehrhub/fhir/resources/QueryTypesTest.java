package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehrhub.fhir.client.Needs.Need;
import org.junit.jupiter.api.Test;

class QueryTypesTest {
    @Test
    void needsTheRightToReadWhatTheSettingsNameAndNothingForTheUsualTypes() {
        assertThat(QueryTypes.of(List.of("Goal")).needs().all())
                .containsExactly(new Need("Goal", "read"), new Need("Goal", "search-type"));
        assertThat(QueryTypes.of(List.of()).needs().all()).isEmpty();
    }
}
