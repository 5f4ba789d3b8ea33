package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hl7.fhir.r4.model.Coverage;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;

class SearchParamsTest {
    @Test
    void knowsWhatFhirDefinesForATypeAndNoMore() {
        assertThat(SearchParams.named("Observation", "code")).isPresent();
        assertThat(SearchParams.named("List", "patient")).isPresent();
        assertThat(SearchParams.named("Observation", "birthdate")).isEmpty();
    }

    @Test
    void findsTheElementsOfAPlainPath() {
        var coverage = new Coverage().setBeneficiary(new Reference("Patient/1"));
        var observation = new Observation().setValue(new StringType("x"));

        assertThat(path("Coverage", "patient").values(coverage)).hasSize(1);
        assertThat(path("Observation", "value-quantity").values(observation)).isEmpty();
        assertThat(path("Observation", "value-quantity").values(observation.setValue(new Quantity(1))))
                .hasSize(1);
        assertThat(ParamPath.of(SearchParams.named("Patient", "deceased").orElseThrow()))
                .isEmpty();
    }

    @Test
    void refusesSettingsThatWouldLetCallersReachWhatActs() {
        for (var type : List.of("Bot", "AuditEvent", "Subscription", "Binary", "patient", "")) {
            assertThatThrownBy(() -> QueryTypes.of(List.of(type)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("query-types");
        }
        assertThat(QueryTypes.of(List.of("Group")).checked("Group", "path")).isEqualTo("Group");
        assertThatThrownBy(() -> QueryTypes.of(List.of("Group")).checked("Patient", "path"))
                .hasMessageContaining("does not touch");
    }

    private static ParamPath path(String type, String name) {
        return ParamPath.of(SearchParams.named(type, name).orElseThrow()).orElseThrow();
    }
}
