package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Send;
import org.ehrhub.tools.hl7v2.Hl7Status;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Agents that were never connected, on the stub or a live Medplum: what the hub says when nothing can be delivered. */
@Tag("medplum")
class AgentsOfMedplumIT {
    private static final String MESSAGE =
            "MSH|^~\\&|HUB|CLINIC|LIS|LAB|20261120101500||ORM^O01^ORM_O01||P|2.5.1\nPID|1||MRN1\nORC|NW|1";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final MedplumEhr ehr = ehr();

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void nobodyKnowsWhatAnAgentThatIsAwayDidWithAMessage() {
        assertThat(code("away")).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void anAgentThatIsOffAndADeviceThatIsNotThereSendNothing() {
        assertThat(code("off")).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(code("nowhere")).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(code("nobody")).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void theWayThroughAnAgentThatNeverWasThereIsNotKnown() {
        var message = new Receivers(MedplumEhr.NAME, Map.of())
                .reference(new Receivers.Addressed(
                        new Receivers.Receiver("away", new AgentSettings("a", "d", null, null)), "M1"));

        assertThat(followed(message).link()).isEqualTo("unknown");
        assertThat(followed(message).status()).isEqualTo("unknown");
    }

    private Hl7Outcome followed(Reference message) {
        ToolResult.Ok<Hl7Outcome> done = ehr.done(Hl7Tools.STATUS, new Hl7Status(message));
        return done.value();
    }

    private ErrorCode code(String destination) {
        return MedplumEhr.code(ehr.call(Hl7Tools.SEND, new Hl7Send(MedplumEhr.NAME, MESSAGE, destination, null, null)));
    }

    private MedplumEhr ehr() {
        var device = created("""
                {"resourceType":"Device","status":"active","url":"mllp://127.0.0.1:2575",
                "deviceName":[{"name":"lab","type":"user-friendly-name"}]}""");
        var away = agent("active");
        var absent = UUID.randomUUID().toString();
        return TestSettings.of(medplum)
                .agents(Map.of(
                        "away", new AgentSettings(away, device, null, Duration.ofSeconds(1)),
                        "off", new AgentSettings(agent("off"), device, null, null),
                        "nowhere", new AgentSettings(away, absent, null, null),
                        "nobody", new AgentSettings(absent, device, null, null)))
                .ehr();
    }

    private String agent(String status) {
        return created("""
                {"resourceType":"Agent","name":"site","status":"%s"}""".formatted(status));
    }

    private String created(String resource) {
        return medplum.create(resource).replaceFirst(".*/", "");
    }
}
