package org.ehrhub.testehr.contract;

import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.fhir.FhirR4AdapterFactory;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.testkit.ContractEhr;
import org.ehrhub.tools.appointments.SlotSearch;
import org.ehrhub.tools.patients.PatientSearch;

/** HAPI JPA behind a gate, with the FHIR R4 adapter in front. */
final class HapiJpaEhr implements ContractEhr, AutoCloseable {
    private final Gate gate;
    private final Clinic clinic;
    private final CamelContext camel = new DefaultCamelContext();
    private final EhrAdapter adapter;

    HapiJpaEhr(URI server, FhirR4Config.Scheduling scheduling) throws IOException, InterruptedException {
        gate = new Gate(server);
        try (var wire = new Wire(server)) {
            clinic = new Clinic(wire);
            clinic.found();
        }
        adapter = new FhirR4AdapterFactory()
                .create(
                        "hapi",
                        new FhirR4Config(gate.url(), null, scheduling, null, null),
                        new AdapterContext(camel, InstantSource.system()));
        camel.start();
    }

    @Override
    public String name() {
        return "hapi";
    }

    @Override
    public EhrAdapter adapter() {
        return adapter;
    }

    @Override
    public PatientSearch severalPatients() {
        return new PatientSearch(null, clinic.family(), null, null, null, null, null, null, null);
    }

    @Override
    public SlotSearch freeTimes() {
        return new SlotSearch(null, clinic.opens(), clinic.opens().plusDays(1), null, null, null, null);
    }

    @Override
    public long requests() {
        return gate.received();
    }

    @Override
    public void down() {
        gate.shut();
    }

    @Override
    public void hang() {
        gate.hang();
    }

    @Override
    public void recover() {
        gate.letThrough();
    }

    @Override
    public Optional<String> impossibleId() {
        return Optional.of("under_score");
    }

    @Override
    public void close() throws IOException {
        adapter.close();
        camel.stop();
        gate.close();
    }
}
