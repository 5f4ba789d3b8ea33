package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** The example of every contract, as the docs show it, on the sandbox. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExamplesIT {
    /** No FHIR server does these; and an answer of a payer's that nobody has asked for yet is not there. */
    private static final Set<String> ELSEWHERE = Set.of(
            "bot.execute",
            "bot.deploy",
            "fhir.operation",
            "hl7v2.send",
            "hl7v2.status",
            "approval.status",
            "priorauth.status");

    private Sandbox sandbox;
    private StubbedHub hub;
    private String appointment = "";

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        sandbox = Sandbox.start(0, Clock.systemUTC());
        hub = StubbedHub.of(folder, Map.of("stmarys", sandbox.baseUrl("stmarys").toString()));
    }

    @AfterAll
    void stop() {
        hub.close();
        sandbox.close();
    }

    static Stream<CanonicalTool<?, ?>> tools() {
        return ToolCatalog.canonical().tools().stream().filter(tool -> !ELSEWHERE.contains(tool.name()));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void worksInTheSandbox(CanonicalTool<?, ?> tool) {
        var slots = hub.call("slot.search", "{'ehr':'stmarys','from':'%1$s','to':'%2$s'}".formatted(day(1), day(25)))
                .json()
                .get("items");
        var free = slots.get(0).get("slotRef").stringValue();
        var example = tool.example()
                .replaceAll("stmarys/slot/[A-Z]*", free)
                .replace("stmarys/Appointment/sm-1001-appt-1", booked(slots.get(1)));

        var answer = hub.call(tool.name(), StubbedHub.JSON.readTree(example));

        assertThat(answer.failed()).as("%s: %s", tool.name(), answer.text()).isFalse();
    }

    private String booked(JsonNode slot) {
        if (appointment.isEmpty()) {
            appointment = hub.call(
                            "appointment.create",
                            "{'patient':'stmarys/Patient/sm-1001','slotRef':'%s'}"
                                    .formatted(slot.get("slotRef").stringValue()))
                    .json()
                    .get("item")
                    .get("appointment")
                    .stringValue();
        }
        return appointment;
    }

    private static String day(int ahead) {
        return Clock.systemUTC().instant().plusSeconds(86_400L * ahead).toString();
    }
}
