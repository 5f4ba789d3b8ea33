package org.ehrhub.testehr.contract;

import java.net.URI;
import org.ehrhub.fhir.FhirR4Config.Scheduling;
import org.ehrhub.fhir.FhirR4Config.Scheduling.Booking;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.junit.jupiter.api.extension.ExtendWith;

/** The FHIR R4 adapter keeps its promises on HAPI JPA. */
@ExtendWith(HapiJpaServer.class)
class FhirR4HapiJpaIT extends AdapterContract {
    private final URI server;

    FhirR4HapiJpaIT(URI server) {
        this.server = server;
    }

    @Override
    protected ContractEhr open() {
        return HapiJpaEhr.open(server, new Scheduling(null, Booking.TRANSACTION));
    }
}
