package org.ehrhub.testehr.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.fhir.FhirR4AdapterFactory;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientCreate;
import org.ehrhub.tools.patients.PatientTools;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Provenance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** HAPI JPA keeps who wrote a record as the hub tells it, once. */
@ExtendWith(HapiJpaServer.class)
class ProvenanceHapiJpaIT {
    private final URI server;

    ProvenanceHapiJpaIT(URI server) {
        this.server = server;
    }

    @Test
    void keepsWhoWroteARecordOnceHoweverOftenItIsTold() throws Exception {
        var config = new FhirR4Config(server);
        var key = UUID.randomUUID().toString().replace("-", "");
        try (var camel = new DefaultCamelContext();
                var wire = new Wire(server);
                var adapter = new FhirR4AdapterFactory()
                        .create("hapi", config, new AdapterContext(camel, InstantSource.system()))) {
            camel.start();
            adapter.probe(Duration.ofSeconds(30));

            for (int time = 0; time < 2; time++) {
                var result = adapter.handlers().call(PatientTools.CREATE, patient(key), call(key));
                assertThat(result).isInstanceOf(ToolResult.Ok.class);
                assertThat(((ToolResult.Ok<?>) result).warnings()).isEmpty();
            }

            var patients = wire.search("Patient?identifier=urn:ehrhub:write-key%7C" + key);
            assertThat(patients.getEntry()).hasSize(1);
            var id = patients.getEntryFirstRep().getResource().getIdElement().getIdPart();
            var found = wire.search("Provenance?target=Patient/" + id).getEntry();
            assertThat(found).hasSize(1);
            var provenance = (Provenance) found.getFirst().getResource();
            assertThat(provenance.getAgentFirstRep().getWho().getResource()).isInstanceOf(Device.class);
            assertThat(provenance
                            .getAgentFirstRep()
                            .getOnBehalfOf()
                            .getIdentifier()
                            .getValue())
                    .isEqualTo("https://login.example|dr.abbott");
        }
    }

    private static CallContext call(String key) {
        var caller =
                new Caller("dr.abbott", Set.of(), "https://login.example", "scribe-app", Set.of(), Set.of(), "TREAT");
        return new CallContext("call-1", caller, Instant.now().plusSeconds(60), null, key);
    }

    private static PatientCreate patient(String key) {
        return new PatientCreate(
                "hapi",
                "Marsh" + key.replaceAll("[0-9]", ""),
                List.of("Ida"),
                "1991-04-05",
                "female",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
