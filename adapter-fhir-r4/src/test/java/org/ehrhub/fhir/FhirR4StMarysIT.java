package org.ehrhub.fhir;

import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The promises on a site with Slot resources, transactions and pages of five rows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirR4StMarysIT extends AdapterContract {
    private SandboxEhr ehr;

    @BeforeAll
    void open() {
        ehr = new SandboxEhr("stmarys", null);
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
