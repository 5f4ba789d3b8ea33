package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.live.ConnectedAgent;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.stub.Receiver;
import org.ehrhub.medplum.stub.Receiver.Manner;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Send;
import org.ehrhub.tools.hl7v2.Hl7Status;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pitfall 1: HL7 v2 messages through the whole adapter to a receiver behind an agent: what the hub says, and what has arrived. */
@Tag("medplum")
class ConnectedAgentsIT {
    private static final String MESSAGE =
            "MSH|^~\\&|HUB|CLINIC|LIS|LAB|20261120101500||ORM^O01^ORM_O01|M1|P|2.5.1\nPID|1||MRN1\nORC|NW|1";
    private static final String KEY = "key0123456789";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final ConnectedAgent agent = medplum.agent();
    private final Receiver lab = agent.receiver();
    private final MedplumEhr ehr = ehr();

    @AfterEach
    void close() {
        ehr.close();
        medplum.close();
    }

    @Test
    void aMessageIsDoneWhenItsReceiverSaysSo() {
        ToolResult.Ok<Hl7Outcome> done = ehr.done(Hl7Tools.SEND, input());

        assertThat(done.value().status()).isEqualTo("accepted");
        assertThat(lab.messages()).containsExactly(MESSAGE.replace('\n', '\r'));
        ToolResult.Ok<Hl7Outcome> followed =
                ehr.done(Hl7Tools.STATUS, new Hl7Status(done.value().message()));
        assertThat(followed.value().link()).isEqualTo("connected");
    }

    @Test
    void theWayThroughAnAgentThatHasLeftIsNotOpen() {
        var stub = medplum.stub();
        ToolResult.Ok<Hl7Outcome> done = ehr.done(Hl7Tools.SEND, input());

        stub.agents().connect(agent.id(), false);

        ToolResult.Ok<Hl7Outcome> followed =
                ehr.done(Hl7Tools.STATUS, new Hl7Status(done.value().message()));
        assertThat(followed.value().link()).isEqualTo("disconnected");
    }

    @ParameterizedTest
    @EnumSource(names = {"IS_SILENT", "DROPS", "ANSWERS_ANOTHER", "TALKS_NONSENSE"})
    void aMessageWhoseAcknowledgementIsLostArrivesOnce(Manner manner) {
        lab.will(manner);

        assertThat(code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        reconcilesToUnknown();
        assertThat(code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(lab.messages()).hasSize(1);
    }

    @Test
    void aMessageWhoseAnswerFromMedplumIsLostArrivesOnce() {
        medplum.stub().loseAnswers(asked -> asked.path().endsWith("/$push"));

        assertThat(code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        reconcilesToUnknown();
        assertThat(code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(lab.messages()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "ERRORS, REJECTED_BY_EHR",
        "REJECTS, REJECTED_BY_EHR",
        "REFUSES, EHR_UNAVAILABLE",
        "IS_A_BLACK_HOLE, OUTCOME_UNKNOWN"
    })
    void aMessageThatIsNotTakenIsToldAsSuch(Manner manner, ErrorCode code) {
        lab.will(manner);

        assertThat(code()).isEqualTo(code);
    }

    @Test
    void anAgentThatIsAwayOrOffDeliversNothing() {
        var stub = medplum.stub();
        stub.agents().connect(agent.id(), false);
        assertThat(code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        stub.agents().status(agent.id(), "off");
        assertThat(MedplumEhr.code(ehr.call(
                        Hl7Tools.SEND, new Hl7Send(MedplumEhr.NAME, MESSAGE.replace("M1", "M2"), null, null, null))))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(lab.messages()).isEmpty();
    }

    private ErrorCode code() {
        return MedplumEhr.code(ehr.call(Hl7Tools.SEND, input()));
    }

    @SuppressWarnings("unchecked") // the tool's handler takes the tool's input
    private void reconcilesToUnknown() {
        var handler = (WriteHandler<Hl7Send, ?>)
                ehr.adapter().handlers().find("hl7v2.send").orElseThrow().handler();
        var call = MedplumEhr.context(new Caller("test", Set.of()), KEY);
        assertThatThrownBy(() -> handler.reconcile(input(), KEY, call))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private static Hl7Send input() {
        return new Hl7Send(MedplumEhr.NAME, MESSAGE, null, null, null);
    }

    private MedplumEhr ehr() {
        var settings = new AgentSettings(agent.id(), agent.device(), null, Duration.ofSeconds(2));
        return TestSettings.of(medplum).agents(Map.of("lab", settings)).ehr();
    }
}
