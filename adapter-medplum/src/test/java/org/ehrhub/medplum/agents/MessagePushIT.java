package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.ScriptedMedplum.failed;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.medplum.ScriptedMedplum.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Send;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code hl7v2.send} through {@code Agent/$push}. */
class MessagePushIT {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String KEY = "k1";
    private static final String ADT =
            "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08^ADT_A01|ID|T|2.5.1\nEVN|A08\nPID|1||100^^^CLINIC^MR||Doe^Jane\n";

    private final ScriptedMedplum medplum = new ScriptedMedplum((tools, server) -> AgentHandlers.register(
            tools,
            server,
            Map.of("lab", new AgentSettings("agent-1", "device-1", null, null)),
            Duration.ofSeconds(10)));

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void saysThatAMessageIsDoneWhenTheReceiverSaysSo() {
        medplum.answers(request -> acknowledged(request, "AA"));

        var outcome = sent(message("MSG00001"), KEY);

        assertThat(outcome.status()).isEqualTo("accepted");
        assertThat(outcome.acknowledgement()).isEqualTo("AA");
        assertThat(outcome.controlId()).isEqualTo("MSG00001");
        assertThat(outcome.message().type()).isEqualTo("Message");
        assertThat(medplum.requests()).singleElement().satisfies(request -> {
            assertThat(request.is("POST Agent/agent-1/$push")).isTrue();
            assertThat(body(request).path("destination").asString()).isEqualTo("Device/device-1");
            assertThat(body(request).path("contentType").asString()).isEqualTo("x-application/hl7-v2+er7");
            assertThat(body(request).path("body").asString())
                    .isEqualTo(message("MSG00001").replace('\n', '\r').stripTrailing());
        });
    }

    @Test
    void warnsWhereTheReceiverHasOnlyTakenTheMessageOn() {
        medplum.answers(request -> acknowledged(request, "CA"));

        assertThat(done(send(message("M1"), KEY)).warnings())
                .singleElement()
                .asString()
                .contains("(CA)");
    }

    @Test
    void makesTheControlIdOfTheKeySoThatARetryIsTheSameMessage() {
        medplum.answers(request -> Answer.outcome(400, "connect ECONNREFUSED 127.0.0.1:18599"));

        assertThat(code(send(message(""), "key-one"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(code(send(message(""), "key-one"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(code(send(message(""), "key-two"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);

        var ids = medplum.posts().stream().map(MessagePushIT::controlId).toList();
        assertThat(ids).hasSize(3).allMatch(id -> id.matches("H[0-9A-F]{19}"));
        assertThat(ids.get(0)).isEqualTo(ids.get(1)).isNotEqualTo(ids.get(2));
    }

    @Test
    void sendsNoOtherMessageUnderAControlIdThatTheReceiverKnows() {
        medplum.answers(request -> acknowledged(request, "AA"));
        sent(message("MSG00001"), KEY);

        assertThat(code(send(message("MSG00001"), "another"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(medplum.posts()).hasSize(1);
    }

    @Test
    void answersARepeatedCallWithWhatTheReceiverSaid() {
        medplum.answers(request -> acknowledged(request, "AA"));
        var first = sent(message(""), KEY);

        assertThat(reconciled(message(""), KEY)).contains(first);
        assertThat(medplum.posts()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "connect ECONNREFUSED 127.0.0.1:18599, EHR_UNAVAILABLE",
        "getaddrinfo ENOTFOUND lab.example, EHR_UNAVAILABLE",
        "Agent is currently disabled. Agent.status is 'off', EHR_UNAVAILABLE",
        "Destination device not found, UNSUPPORTED",
        "Destination device missing url, UNSUPPORTED",
        "Required field missing: MSH.10, REJECTED_BY_EHR",
        "WebSocket error on incoming message: Invalid HL7 message, REJECTED_BY_EHR",
        "Invalid wait timeout, REJECTED_BY_EHR",
        "Missing body parameter, REJECTED_BY_EHR",
        "Timeout, OUTCOME_UNKNOWN",
        "read ECONNRESET, OUTCOME_UNKNOWN",
        "something that no version said before, OUTCOME_UNKNOWN"
    })
    void tellsWhatWasNotSentFromWhatNobodyKnows(String words, ErrorCode code) {
        medplum.answers(request -> Answer.outcome(400, words));

        var failed = failed(send(message("M1"), KEY));

        assertThat(failed.code()).isEqualTo(code);
        assertThat(failed.message() + failed.hint()).doesNotContain(words, "127.0.0.1", "lab.example");
    }

    @ParameterizedTest
    @CsvSource({"404, UNSUPPORTED", "403, DENIED", "429, RATE_LIMITED", "413, REJECTED_BY_EHR", "504, OUTCOME_UNKNOWN"})
    void tellsARefusalByItsStatus(int status, ErrorCode code) {
        medplum.answers(request -> Answer.outcome(status, "whatever"));

        assertThat(code(send(message("M1"), KEY))).isEqualTo(code);
    }

    @Test
    void sendsAgainWhatWasSurelyNotSent() {
        medplum.answers(request -> Answer.outcome(400, "connect ECONNREFUSED 127.0.0.1:18599"));
        assertThat(code(send(message("M1"), KEY))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        medplum.answers(request -> acknowledged(request, "AA"));

        assertThat(sent(message("M1"), KEY).status()).isEqualTo("accepted");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "MSHX^~\\&XHUB",
                "MSH|",
                "MSH|^~^&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T|2.5.1",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000|||1|T|2.5.1",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1 2|T|2.5.1",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1^2|T|2.5.1",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T|2.5.1\nhello there",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T|2.5.1\n\nPID|1",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T|2.5.1\nMSH|^~\\&|HUB",
                "MSH|^~\\&|HUB|CLINIC|LAB|HOSPITAL|20260302090000||ADT^A08|1|T|2.5.1\nBTS|1"
            })
    void sendsNothingThatIsNoSingleMessage(String text) {
        assertThat(code(send(text, KEY))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void sendsToNobodyWhomTheSettingsDoNotName() {
        var input = new Hl7Send(ScriptedMedplum.EHR, message("M1"), "Device/other", null, null);

        var failed = failed(medplum.call(Hl7Tools.SEND, input, ScriptedMedplum.write(KEY)));

        assertThat(failed.code()).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(failed.hint()).contains("lab").doesNotContain("Device/other");
        assertThat(medplum.requests()).isEmpty();
    }

    @Test
    void sendsNothingWhenThereIsNoTimeToHearOfIt() {
        var late = new CallContext(
                        "c", ScriptedMedplum.read().caller(), Instant.now().plusMillis(1200))
                .writing(KEY);

        assertThat(code(medplum.call(Hl7Tools.SEND, input(message("M1")), late)))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(medplum.requests()).isEmpty();
    }

    private Hl7Outcome sent(String message, String key) {
        return (Hl7Outcome) done(send(message, key)).value();
    }

    private ToolResult<?> send(String message, String key) {
        return medplum.call(Hl7Tools.SEND, input(message), ScriptedMedplum.write(key));
    }

    private Optional<Record> reconciled(String message, String key) {
        return medplum.reconcile(Hl7Tools.SEND, input(message), ScriptedMedplum.write(key));
    }

    static Hl7Send input(String message) {
        return new Hl7Send(ScriptedMedplum.EHR, message, null, null, null);
    }

    static String message(String controlId) {
        return ADT.replace("|ID|", "|" + controlId + "|");
    }

    static JsonNode body(Request request) {
        return JSON.readTree(request.body());
    }

    static String controlId(Request push) {
        return body(push).path("body").asString().split("\\|", -1)[9];
    }

    static Answer acknowledged(Request push, String code, String... more) {
        var ack = new ArrayList<String>();
        ack.add("MSH|^~\\&|LAB|HOSPITAL|HUB|CLINIC|20260302090000.15||ACK^A08^ACK|1795198719191|T|2.5.1");
        ack.add("MSA|" + code + "|" + controlId(push) + "|secret words");
        ack.addAll(List.of(more));
        return Answer.er7(ack.toArray(String[]::new));
    }
}
