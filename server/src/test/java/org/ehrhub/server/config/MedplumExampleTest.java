package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Holds examples/medplum to what it says of itself. */
class MedplumExampleTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "medplum", "ehr-hub.yaml");

    @Test
    void readsMedplumAndDoesNothingElse() {
        var read = Configuration.load(EXAMPLE, Configuration.factories(), name -> "secret");

        assertThat(read.settings().ehrs()).containsOnlyKeys("medplum");
        assertThat(read.settings().ehrs().get("medplum").type()).isEqualTo("medplum");
        assertThat(read.policy().grants()).singleElement().satisfies(grant -> {
            assertThat(grant.when().ehrs()).containsExactly("medplum");
            assertThat(grant.tools())
                    .contains("patient.search", "fhir.query")
                    .doesNotContain("fhir.write", "fhir.operation", "bot.execute", "hl7v2.send", "appointment.create");
        });
    }
}
