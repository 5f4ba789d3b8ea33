package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientSearch;
import org.junit.jupiter.api.Test;

class PatientsIT {
    @Test
    @SuppressWarnings("unchecked")
    void smoke() throws Exception {
        try (var sandbox = Sandbox.start(0, Clock.systemUTC());
                var camel = new DefaultCamelContext();
                var adapter = new FhirR4AdapterFactory()
                        .create(
                                "stmarys",
                                new FhirR4Config(sandbox.baseUrl("stmarys")),
                                new AdapterContext(camel, InstantSource.system()))) {
            camel.start();
            assertThat(adapter.probe(java.time.Duration.ofSeconds(20))).isEqualTo(new Health.Up());
            var search = (ToolHandler<PatientSearch, Page<PatientMatch>>)
                    adapter.handlers().find("patient.search").orElseThrow().handler();
            var get = (ToolHandler<PatientGet, Patient>)
                    adapter.handlers().find("patient.get").orElseThrow().handler();
            var call = new CallContext(
                    "c", new Caller("t", Set.of()), Instant.now().plusSeconds(20));
            var found = search.handle(new PatientSearch(null, "a", null, null, null, null, null, null, 12), call);
            System.out.println(found);
            var one =
                    ((ToolResult.Ok<Page<PatientMatch>>) found).value().items().getFirst();
            System.out.println(get.handle(new PatientGet(one.patient()), call));
            System.out.println(
                    search.handle(new PatientSearch(null, null, null, null, null, null, one.phone(), null, 12), call));
            for (int round = 0; round < 5; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < 1000; i++) {
                    get.handle(new PatientGet(one.patient()), call);
                }
                System.out.println((System.nanoTime() - start) / 1000_000.0 + " µs per get");
            }
        }
    }
}
