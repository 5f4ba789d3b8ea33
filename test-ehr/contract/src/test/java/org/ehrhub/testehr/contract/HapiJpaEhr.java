package org.ehrhub.testehr.contract;

import java.net.URI;
import java.time.InstantSource;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.fhir.FhirR4AdapterFactory;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.testkit.ProxiedEhr;
import org.ehrhub.tools.coverage.CoverageTools;

/** HAPI JPA with people and free times of one test class alone, and the FHIR R4 adapter in front. */
final class HapiJpaEhr {
    private static final String NAME = "hapi";
    private static final int FREE_TIMES = 120;

    private HapiJpaEhr() {}

    static ContractEhr open(URI server, FhirR4Config.Scheduling scheduling) {
        var camel = new DefaultCamelContext();
        camel.start();
        return ProxiedEhr.of(
                        NAME,
                        server,
                        base -> new FhirR4AdapterFactory()
                                .create(
                                        NAME,
                                        new FhirR4Config(base, null, scheduling, null, null),
                                        new AdapterContext(camel, InstantSource.system())))
                .seeded(FREE_TIMES)
                .lacking(
                        CoverageTools.PRIOR_AUTH_CHECK,
                        CoverageTools.PRIOR_AUTH_SUBMIT,
                        CoverageTools.PRIOR_AUTH_STATUS)
                .thenClose(camel::stop);
    }
}
