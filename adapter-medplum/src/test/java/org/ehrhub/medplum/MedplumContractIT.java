package org.ehrhub.medplum;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.List;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.Secret;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.testkit.AdapterContract;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.ProxiedEhr;
import org.ehrhub.tools.coverage.CoverageTools;
import org.junit.jupiter.api.Tag;

/** What every adapter promises, of Medplum's, with its own login, on the stub or a live server. */
@Tag("medplum")
class MedplumContractIT extends AdapterContract {
    private static final OffsetDateTime MONDAY = OffsetDateTime.parse("2040-01-02T00:00:00Z");

    /** What all promises together take of the server in a minute. */
    private static final int MANY = 100_000_000;

    @Override
    protected ContractEhr open() {
        var medplum = MedplumUnderTest.open();
        var camel = new DefaultCamelContext();
        camel.start();
        var context = new AdapterContext(camel, InstantSource.system());
        var login = MedplumLogin.client(medplum.clientId(), Secret.from(medplum::clientSecret));
        var ehr = ProxiedEhr.of(
                        MedplumEhr.NAME,
                        medplum.fhir(),
                        fhir -> new MedplumAdapter(MedplumEhr.NAME, new MedplumConfig(address(fhir), login), context))
                .freeTimes(MONDAY, MONDAY.plusDays(5))
                .lacking(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        CoverageTools.PRIOR_AUTH_STATUS)
                .seededAs(basic(medplum))
                .thenClose(camel::stop)
                .thenClose(medplum::close);
        var clinic = medplum.clinic();
        var service = clinic.service("Office visit", 10);
        names(medplum).forEach(name -> clinic.schedule(clinic.practitioner(name), service));
        if (!medplum.isLive()) {
            medplum.stub().limits().interactions(MANY);
        }
        return ehr.seeded();
    }

    /** Fewer where others may have schedules too. */
    private static List<String> names(MedplumUnderTest medplum) {
        return medplum.isLive() ? List.of("Hill") : List.of("Hill", "Young", "Old", "Long");
    }

    private static String basic(MedplumUnderTest medplum) {
        var login = medplum.clientId() + ":" + medplum.clientSecret();
        return "Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8));
    }

    private static URI address(URI fhir) {
        return URI.create(fhir.toString().replaceFirst("/fhir/R4/?$", ""));
    }
}
