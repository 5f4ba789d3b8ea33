package org.ehrhub.testkit;

import java.time.OffsetDateTime;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.BeforeEach;

/** The fake keeps the contract: so tests that use it see what an adapter may do, and the contract is itself tried. */
class FakeEhrContractTest extends AdapterContract {
    private static final OffsetDateTime MORNING = OffsetDateTime.parse("2026-03-02T09:00:00-05:00");

    private FakeEhr fake = FakeEhr.named("alpha");

    @BeforeEach
    void open() {
        fake = FakeEhr.named("alpha").withSlots(MORNING, 16);
        for (int i = 1; i <= 6; i++) {
            fake.withPatient("p" + i, "Hill" + i, i % 2 == 0 ? "Ada" : "Grace", "194%d-03-21".formatted(i));
        }
    }

    @Override
    protected ContractEhr ehr() {
        return new ContractEhr() {
            @Override
            public String name() {
                return "alpha";
            }

            @Override
            public EhrAdapter adapter() {
                return fake;
            }

            @Override
            public PatientSearch severalPatients() {
                return new PatientSearch(null, "hill", null, null, null, null, null, null, null);
            }

            @Override
            public SlotSearch freeTimes() {
                return new SlotSearch(null, MORNING, MORNING.plusDays(1), null, null, null, null);
            }

            @Override
            public long requests() {
                return fake.calls().size();
            }

            @Override
            public void down() {
                fake.down();
            }

            @Override
            public void hang() {
                fake.hang();
            }

            @Override
            public void recover() {
                fake.recover();
            }
        };
    }
}
