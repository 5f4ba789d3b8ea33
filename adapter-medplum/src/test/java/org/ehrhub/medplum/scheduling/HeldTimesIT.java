package org.ehrhub.medplum.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("medplum")
class HeldTimesIT {
    private final Practice practice = Practice.open();

    @AfterEach
    void close() {
        practice.close();
    }

    @Test
    void saysThatHoldsAreHonoured() {
        assertThat(List.of(AppointmentTools.SLOT_SEARCH, AppointmentTools.CANCEL))
                .allSatisfy(tool -> assertThat(practice.adapter()
                                .handlers()
                                .find(tool.name())
                                .orElseThrow()
                                .features())
                        .contains(Feature.HOLDS_HONOURED));
    }

    @Test
    void aTimeThatSomebodyHoldsIsNotFreeUntilTheHoldIsCancelled() {
        var before = practice.free();
        var held = hold();

        assertThat(practice.free()).hasSize(13).doesNotContain(before.getFirst());
        assertThat(Practice.code(practice.book(before.getFirst(), null, "k1"))).isEqualTo(ErrorCode.CONFLICT);

        var given = Practice.ok(practice.cancel(held, null, "k2")).value();
        assertThat(given.status()).isEqualTo("cancelled");
        assertThat(practice.slots(practice.schedule())).isEmpty();
        assertThat(practice.free()).isEqualTo(before);
    }

    /** The first time, by Medplum's {@code $hold} of what its {@code Appointment/$find} proposes. */
    private Reference hold() {
        var http = practice.medplum().http();
        var proposal = http.get("fhir/R4/Appointment/$find?_count=1&start=2040-01-02T00:00:00Z&end=2040-01-03T00:00:00Z"
                        + "&service-type-reference=" + practice.service() + "&schedule=" + practice.schedule())
                .json()
                .path("entry")
                .path(0)
                .path("resource");
        var reply = http.post(
                "fhir/R4/Appointment/$hold",
                "{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"appointment\",\"resource\":" + proposal
                        + "}]}");
        assertThat(reply.status()).isEqualTo(201);
        var id = reply.json().path("entry").path(0).path("resource").path("id").asString();
        return new Reference(Practice.EHR, "Appointment", id);
    }
}
