package org.ehrhub.medplum;

import java.net.URI;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.ProxiedEhr;
import org.ehrhub.tools.coverage.CoverageTools;

/** What every adapter promises, of Medplum's on the stub, with its own login. */
class MedplumContractIT extends AdapterContract {
    private static final OffsetDateTime MONDAY = OffsetDateTime.parse("2040-01-02T00:00:00Z");

    /** What all promises together take of the server in a minute. */
    private static final int MANY = 100_000_000;

    @Override
    protected ContractEhr open() {
        var stub = MedplumStub.start();
        var camel = new DefaultCamelContext();
        camel.start();
        var context = new AdapterContext(camel, InstantSource.system());
        var ehr = ProxiedEhr.of(
                        MedplumEhr.NAME,
                        stub.fhir(),
                        fhir -> new MedplumAdapter(
                                MedplumEhr.NAME,
                                new MedplumConfig(address(fhir), MedplumEhr.login(stub.client())),
                                context))
                .freeTimes(MONDAY, MONDAY.plusDays(5))
                .lacking(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        CoverageTools.PRIOR_AUTH_STATUS)
                .thenClose(camel::stop)
                .thenClose(stub::close);
        var clinic = stub.clinic();
        var service = clinic.service("Office visit", 10);
        Stream.of("Hill", "Young", "Old", "Long").forEach(name -> clinic.schedule(clinic.practitioner(name), service));
        stub.limits().interactions(MANY);
        stub.withoutLogin(ehr::seeded);
        return ehr;
    }

    private static URI address(URI fhir) {
        return URI.create(fhir.toString().replaceFirst("/fhir/R4/?$", ""));
    }
}
