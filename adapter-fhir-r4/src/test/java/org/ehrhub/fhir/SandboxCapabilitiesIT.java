package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.Health;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the sandbox, a HAPI server, says of itself. */
class SandboxCapabilitiesIT {
    /** The payer behind the second site is asked about insurance only, and answers later; it has no terminology service. */
    private static final Map<String, Set<String>> WITHHELD = Map.of(
            "stmarys", Set.of(),
            "lakeside",
                    Set.of(
                            "claim.submit",
                            "fhir.transaction",
                            "priorauth.check",
                            "priorauth.submit",
                            "priorauth.status",
                            "terminology.lookup",
                            "terminology.expand",
                            "terminology.validate",
                            "terminology.translate"));

    @ParameterizedTest
    @CsvSource({"stmarys, SLOT_RESOURCES", "lakeside, FIND_OPERATION"})
    void keepsTheToolsThatTheSandboxSupports(String site, Scheduling.Slots slots) {
        try (var ehr = new SandboxEhr(site, new Scheduling(slots, null))) {
            assertThat(ehr.adapter().probe(Duration.ofSeconds(20))).isEqualTo(new Health.Up());

            assertThat(ehr.adapter().handlers().withheld().keySet()).isEqualTo(WITHHELD.get(site));
        }
    }

    @Test
    void withholdsWhatASiteKeepsInAnotherWay() {
        try (var ehr = new SandboxEhr("lakeside", new Scheduling(Scheduling.Slots.SLOT_RESOURCES, null))) {
            ehr.adapter().probe(Duration.ofSeconds(20));

            assertThat(ehr.adapter().handlers().withheld().keySet())
                    .contains("slot.search", "appointment.create", "appointment.reschedule")
                    .containsAll(WITHHELD.get("lakeside"))
                    .hasSize(WITHHELD.get("lakeside").size() + 3);
        }
    }
}
