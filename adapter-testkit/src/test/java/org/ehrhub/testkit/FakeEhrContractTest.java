package org.ehrhub.testkit;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;

/** The fake keeps the contract: so tests that use it see what an adapter may do, and the contract is itself tried. */
class FakeEhrContractTest extends AdapterContract {
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-03-02T09:00:00-05:00");

    @Override
    protected ContractEhr open() {
        return new FakeTrial(
                "alpha",
                fake(),
                new PatientSearch(null, "hill", null, null, null, null, null, null, null),
                Reference.parse("alpha/Patient/p1"),
                Reference.parse("alpha/Patient/p2"),
                new SlotSearch(null, MORNING, MORNING.plusDays(7), null, null, null, null));
    }

    private static FakeEhr fake() {
        var fake = FakeEhr.named("alpha").withSlots(MORNING, 120);
        for (int i = 1; i <= 6; i++) {
            fake.withPatient("p" + i, "Hill" + i, i % 2 == 0 ? "Ada" : "Grace", "194%d-03-21".formatted(i));
            fake.withLab(
                    "p1", "loinc|4548-4", BigDecimal.valueOf(6 + i, 1), "%", "2026-02-0%dT08:00:00-05:00".formatted(i));
            fake.withDocument("p1", "d" + i, "Visit " + i, "Seen and well.", "2026-02-0%dT09:00:00-05:00".formatted(i));
        }
        return fake.withAppointment("p1", MORNING.minusDays(30))
                .withAppointment("p1", MORNING.minusDays(20))
                .withCoverage("p1", "M1", "Example Health Plan");
    }
}
