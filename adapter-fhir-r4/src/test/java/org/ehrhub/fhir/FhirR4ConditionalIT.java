package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The promises where a booking may not use transactions. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirR4ConditionalIT extends AdapterContract {
    private SandboxEhr ehr;

    @BeforeAll
    void open() {
        ehr = new SandboxEhr("stmarys", new FhirR4Config.Scheduling(null, FhirR4Config.Scheduling.Booking.CONDITIONAL));
    }

    @AfterAll
    void close() {
        ehr.close();
    }

    @Override
    protected ContractEhr ehr() {
        return ehr;
    }
}
