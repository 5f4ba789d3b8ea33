package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.adapters.Health;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.junit.jupiter.api.Test;

/** What the sandbox, a HAPI server, says of itself. */
class SandboxCapabilitiesIT {
    @Test
    void keepsTheToolsThatTheSandboxSupports() {
        try (var ehr = new SandboxEhr("stmarys", null)) {
            assertThat(ehr.adapter().probe(Duration.ofSeconds(20))).isEqualTo(new Health.Up());

            assertThat(ehr.adapter().handlers().withheld()).isEmpty();
        }
    }

    @Test
    void withholdsWhatASiteKeepsInAnotherWay() {
        try (var ehr = new SandboxEhr("lakeside", new Scheduling(Scheduling.Slots.SLOT_RESOURCES, null))) {
            ehr.adapter().probe(Duration.ofSeconds(20));

            assertThat(ehr.adapter().handlers().withheld()).containsKeys("slot.search", "appointment.create", "appointment.reschedule");
        }
    }
}
