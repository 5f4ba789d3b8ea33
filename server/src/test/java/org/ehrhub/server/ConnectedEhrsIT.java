package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.config.HubConfig;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The EHRs of a configuration as they are when the hub has started. */
class ConnectedEhrsIT {
    @TempDir
    private Path folder;

    @Test
    void learnsWithoutBeingAskedWhatAnEhrDoesNotSupport() throws Exception {
        try (var ehrs = ConnectedEhrs.open(configuration("sandbox:lakeside"), Clock.systemUTC())) {
            assertThat(ehrs.hasLooked(Duration.ofSeconds(30))).isTrue();

            var handlers = ehrs.registry().find("lakeside").orElseThrow().handlers();
            assertThat(handlers.withheld()).containsKey("slot.search");
            assertThat(handlers.names()).contains("patient.search").doesNotContain("slot.search");
        }
    }

    @Test
    void stopsWhileItStillLooks() throws IOException {
        var ehrs = ConnectedEhrs.open(configuration("http://192.0.2.1/fhir"), Clock.systemUTC());

        ehrs.close();

        assertThat(ehrs.registry().find("lakeside").orElseThrow().handlers().names())
                .contains("slot.search");
    }

    private HubConfig configuration(String baseUrl) throws IOException {
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                sandbox: {port: 0}
                ehrs:
                  lakeside:
                    type: fhir-r4
                    base-url: "%s"
                """.formatted(baseUrl));
        return Configuration.load(folder.resolve("ehr-hub.yaml")).settings();
    }
}
