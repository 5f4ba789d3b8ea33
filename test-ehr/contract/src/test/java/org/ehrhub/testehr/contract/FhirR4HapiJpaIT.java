package org.ehrhub.testehr.contract;

import java.io.IOException;
import java.net.URI;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** The FHIR R4 adapter keeps its promises on HAPI JPA. */
@ExtendWith(HapiJpaServer.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FhirR4HapiJpaIT extends AdapterContract {
    private HapiJpaEhr ehr;

    @BeforeAll
    void open(URI server) throws IOException, InterruptedException {
        ehr = new HapiJpaEhr(server, new Scheduling(null, Booking.TRANSACTION));
    }

    @AfterAll
    void close() throws IOException {
        ehr.close();
    }

    @Override
    protected ContractEhr ehr() {
        return ehr;
    }
}
