package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.tools.Reference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FhirIdTest {
    @Test
    void refersToARecordOfTheServer() {
        assertThat(FhirId.reference("alpha", "Patient/p1")).isEqualTo(new Reference("alpha", "Patient", "p1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Patient/.", "Patient/..", "X/p1", "Pat_ient/p1", "#p1", "urn:uuid:p1", "p1"})
    void refersToNothingWhereTheServersReferenceHasNoFormOfTheHub(String text) {
        assertThat(FhirId.reference("alpha", text)).isNull();
    }
}
