package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.failed;
import static org.ehrhub.medplum.agents.MessagePushIT.acknowledged;
import static org.ehrhub.medplum.agents.MessagePushIT.body;
import static org.ehrhub.medplum.agents.MessagePushIT.input;
import static org.ehrhub.medplum.agents.MessagePushIT.message;

import java.time.Duration;
import java.util.Map;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pitfall 1: where {@code $push} seems to say more than it does: answers that are no delivery, and outcomes that nobody knows. */
class PushPitfallsIT {
    private static final String KEY = "k1";

    private final ScriptedMedplum medplum = new ScriptedMedplum((tools, server) -> AgentHandlers.register(
            tools,
            server,
            Map.of(
                    "lab",
                    new AgentSettings("urn:a|site", "urn:d|lis", AgentSettings.Acknowledgement.APPLICATION, null)),
            Duration.ofSeconds(10)));

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void aPushAlwaysWaitsAndSaysSoInPlainJsonForParametersWouldTurnTheWaitOff() {
        medplum.answers(request -> acknowledged(request, "AA"));

        send("M1");

        assertThat(medplum.posts()).singleElement().satisfies(push -> {
            assertThat(push.is("POST Agent/$push?identifier=urn%3Aa%7Csite")).isTrue();
            assertThat(push.headers().get("content-type")).isEqualTo("application/json");
            assertThat(push.headers()).doesNotContainKey("prefer");
            assertThat(body(push).has("resourceType")).isFalse();
            assertThat(body(push).path("waitForResponse").isBoolean()).isTrue();
            assertThat(body(push).path("waitForResponse").asBoolean()).isTrue();
            assertThat(body(push).path("waitTimeout").asInt()).isBetween(1000, 8500);
            assertThat(body(push).path("returnAck").asString()).isEqualTo("application");
            assertThat(body(push).path("destination").asString()).isEqualTo("Device?identifier=urn:d|lis");
        });
    }

    @Test
    void aPushThatIsAnsweredWithAnOutcomeInsteadOfAnAcknowledgementIsNoDelivery() {
        medplum.answers(request -> Answer.allOk());

        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AE", "AR", "CE", "CR"})
    void aPushThatIsAnsweredWellWithARejectionIsRejected(String rejection) {
        medplum.answers(request -> acknowledged(request, rejection, "ERR||PID^1^3|101^Required^HL70357|E|||Doe^Jane"));

        var failed = failed(send("M1"));

        assertThat(failed.code()).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(failed.message()).contains(rejection, "a required field is missing", "101");
        assertThat(failed.message() + failed.hint()).doesNotContain("secret", "Doe", "Required^");
    }

    @Test
    void aPushThatTimesOutHasAnUnknownOutcomeAndIsNotSentAgain() {
        medplum.answers(request -> Answer.outcome(400, "Timeout"));

        isUnknownAndNotRepeated();
    }

    @Test
    void aPushWhoseAcknowledgementIsLostLeavesOneMessageAtTheReceiverAlsoAfterARetry() {
        medplum.answers(request -> Answer.none());

        isUnknownAndNotRepeated();
    }

    @ParameterizedTest
    @CsvSource({"AA, ANOTHER", "AA, ''", "ZZ, M1", "'', M1"})
    void anAcknowledgementOfAnotherMessageIsNone(String code, String about) {
        medplum.answers(
                request -> Answer.er7("MSH|^~\\&|LAB|H|HUB|C|20260302||ACK|9|T|2.5.1", "MSA|" + code + "|" + about));

        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void anAcknowledgementThatIsNoHl7IsNone() {
        medplum.answers(request -> Answer.er7("MSA|AA|M1"));

        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void anAcceptedJobIsNoDelivery() {
        medplum.answers(request -> Answer.fhir(202, "{\"resourceType\":\"OperationOutcome\",\"id\":\"accepted\"}")
                .with("Content-Location", medplum.base() + "/job/1/status"));

        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    private void isUnknownAndNotRepeated() {
        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        // The hub looks before it repeats a write under its key; even where it did not, nothing would leave again.
        reconcilesToUnknown();
        assertThat(code(send("M1"))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(code(medplum.call(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write("another"))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        medplum.restart();
        reconcilesToUnknown();
        assertThat(medplum.posts()).hasSize(1);
    }

    private void reconcilesToUnknown() {
        assertThatThrownBy(() -> medplum.reconcile(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write(KEY)))
                .isInstanceOfSatisfying(
                        EhrFailure.class, failure -> assertThat(failure.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private ToolResult<?> send(String controlId) {
        return medplum.call(Hl7Tools.SEND, input(message(controlId)), ScriptedMedplum.write(KEY));
    }
}
