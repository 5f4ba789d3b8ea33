package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The promises on a site that proposes times, books twice if let, and ignores a filter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirR4LakesideIT extends AdapterContract {
    private SandboxEhr ehr;

    @BeforeAll
    void open() {
        ehr = new SandboxEhr(
                "lakeside", new FhirR4Config.Scheduling(FhirR4Config.Scheduling.Slots.FIND_OPERATION, null));
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
