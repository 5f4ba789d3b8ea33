package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.medplum.stub.Receiver;
import org.ehrhub.medplum.stub.Receiver.Manner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code $push}: 200 is no delivery, 400 is no failure, and how an agent says where it is. */
class AgentFactsIT {
    private static final String HL7 = "x-application/hl7-v2+er7";
    private static final String MESSAGE =
            "MSH|^~\\\\&|HUBAPP|HUBFAC|LISAPP|LISFAC|20261120101500||ORM^O01^ORM_O01|MSG00001|P|2.5.1\\rPID|1||MRN1";
    private static final String WAIT = "\"waitForResponse\":true";

    private final MedplumStub stub = MedplumStub.start();
    private final MedplumHttp http =
            new MedplumHttp(stub.base(), stub.client().id(), stub.client().secret());
    private final String agent = stub.agents().add("site");
    private final Receiver lab = stub.agents().receiver("mllp://lab.example:2575");
    private final String device = stub.agents().device("mllp://lab.example:2575?encoding=utf-8");

    @AfterEach
    void close() {
        http.close();
        stub.close();
    }

    @Test
    void theAcknowledgementIsTheAnswerWhenItIsWaitedFor() {
        var reply = push(device, MESSAGE, WAIT);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).isEqualTo(HL7 + "; charset=utf-8");
        assertThat(reply.text()).contains("||ACK^O01^ACK|", "\rMSA|AA|MSG00001|OK");
        assertThat(lab.messages()).hasSize(1);
    }

    @Test
    void aRefusalOfTheReceiverIs200() {
        lab.will(Manner.ERRORS);
        assertThat(push(device, MESSAGE, WAIT).text()).contains("MSA|AE|MSG00001");
        lab.will(Manner.REJECTS);
        assertThat(push(device, MESSAGE, WAIT).text()).contains("MSA|AR|MSG00001");
        assertThat(push(device, MESSAGE, WAIT).status()).isEqualTo(200);
    }

    @Test
    void anEnhancedReceiverAnswersFirstThatItTookTheMessage() {
        lab.will(Manner.COMMITS_FIRST);

        assertThat(push(device, MESSAGE, WAIT).text()).contains("MSA|CA|");
        assertThat(push(device, MESSAGE, WAIT + ",\"returnAck\":\"application\"")
                        .text())
                .contains("MSA|AA|");
    }

    @Test
    void withoutWaitingEverythingIs200AndTheMessageMayBeLost() {
        assertThat(push(device, MESSAGE, "\"x\":1").id()).isEqualTo("ok");
        assertThat(lab.messages()).hasSize(1);
        lab.will(Manner.REFUSES);
        assertThat(push(device, MESSAGE, "\"x\":1").status()).isEqualTo(200);
        stub.agents().connect(agent, false);
        assertThat(push(device, MESSAGE, "\"x\":1").status()).isEqualTo(200);
        assertThat(lab.messages()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(names = {"IS_SILENT", "DROPS", "ANSWERS_ANOTHER", "TALKS_NONSENSE"})
    void aTimeoutIsAMessageThatMayHaveArrived(Manner manner) {
        lab.will(manner);

        var reply = push(device, MESSAGE, WAIT);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.issue()).isEqualTo("Timeout");
        assertThat(lab.messages()).hasSize(1);
    }

    @Test
    void whatNeverArrivedIsATimeoutTooUnlessTheConnectionWasRefused() {
        lab.will(Manner.IS_A_BLACK_HOLE);
        assertThat(push(device, MESSAGE, WAIT).issue()).isEqualTo("Timeout");
        lab.will(Manner.REFUSES);
        assertThat(push(device, MESSAGE, WAIT).issue()).isEqualTo("connect ECONNREFUSED lab.example:2575");
        stub.agents().connect(agent, false);
        assertThat(push(device, MESSAGE, WAIT).issue()).isEqualTo("Timeout");
        assertThat(lab.messages()).isEmpty();
    }

    @Test
    void aWaitAskedForInParametersWithABooleanIsNone() {
        var body = """
                {"resourceType":"Parameters","parameter":[{"name":"destination","valueString":"%s"},
                 {"name":"contentType","valueString":"%s"},{"name":"body","valueString":"%s"},
                 {"name":"waitForResponse",%s}]}""";

        var ignored = http.post(path(), body.formatted(device, HL7, MESSAGE, "\"valueBoolean\":true"));
        var heeded = http.post(path(), body.formatted(device, HL7, MESSAGE, "\"valueString\":\"true\""));

        assertThat(ignored.id()).isEqualTo("ok");
        assertThat(heeded.text()).contains("MSA|AA|");
    }

    @Test
    void badInputIsNamed() {
        assertThat(http.post(path(), MESSAGE, "Content-Type", HL7).issue()).isEqualTo("Missing body parameter");
        assertThat(http.post(path(), "{\"body\":\"x\"}").issue()).isEqualTo("Missing contentType parameter");
        assertThat(http.post(path(), "{\"body\":\"x\",\"contentType\":\"y\"}").issue())
                .isEqualTo("Missing destination parameter");
        assertThat(push("Device/none", MESSAGE, WAIT).issue()).isEqualTo("Destination device not found");
        assertThat(push(stub.agents().device(""), MESSAGE, WAIT).issue()).isEqualTo("Destination device missing url");
        assertThat(push(device, MESSAGE, WAIT + ",\"waitTimeout\":60000").issue())
                .isEqualTo("Invalid wait timeout");
        assertThat(push(device, MESSAGE, WAIT + ",\"returnAck\":\"whatever\"").issue())
                .startsWith("Invalid value for returnAck");
        assertThat(push(device, "hello", WAIT).issue())
                .isEqualTo("WebSocket error on incoming message: Invalid HL7 message");
        assertThat(push(device, "MSH|^~\\\\&|A", WAIT).issue()).isEqualTo("Required field missing: MSH.10");
    }

    @Test
    void unknownDisabledAndUnnamedAgents() {
        assertThat(http.post("fhir/R4/Agent/none/$push", "{}").status()).isEqualTo(404);
        assertThat(http.post("fhir/R4/Agent/$push", "{}").issue()).isEqualTo("Must specify agent ID or identifier");
        stub.agents().status(agent, "off");
        assertThat(push(device, MESSAGE, WAIT).issue()).isEqualTo("Agent is currently disabled. Agent.status is 'off'");
    }

    @Test
    void aJobIsCompletedEvenWhenThePushFailed() {
        lab.will(Manner.REFUSES);
        var body = body(device, MESSAGE, WAIT);

        var accepted = http.post(path(), body, "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        http.get(accepted.header("Content-Location"));
        var done = http.get(accepted.header("Content-Location")).json();
        assertThat(done.path("status").asString()).isEqualTo("completed");
        assertThat(done.path("output")
                        .path("parameter")
                        .path(0)
                        .path("resource")
                        .path("issue")
                        .path(0)
                        .path("details")
                        .path("text")
                        .asString())
                .isEqualTo("connect ECONNREFUSED lab.example:2575");
    }

    @Test
    void statusIsUnknownConnectedOrDisconnected() {
        var never = stub.agents().addUnconnected("never");
        assertThat(status("Agent/" + never + "/$status")).isEqualTo("unknown");
        assertThat(status("Agent/" + agent + "/$status")).isEqualTo("connected");
        assertThat(status("Agent/$status?identifier=https://stub.example/agent|site"))
                .isEqualTo("connected");
        stub.agents().connect(agent, false);
        assertThat(status("Agent/" + agent + "/$status")).isEqualTo("disconnected");
        var bulk = http.get("fhir/R4/Agent/$bulk-status").json();
        assertThat(bulk.path("type").asString()).isEqualTo("collection");
        assertThat(bulk.path("entry").size()).isEqualTo(2);
        assertThat(http.get("fhir/R4/Agent/$bulk-status?name=nope").issue()).isEqualTo("No agent(s) for given query");
    }

    @Test
    void aLostAnswerHasReachedTheReceiverOnce() {
        stub.loseAnswers(asked -> asked.path().endsWith("/$push"));

        assertThatThrownBy(() -> push(device, MESSAGE, WAIT)).isNotNull();

        assertThat(lab.messages()).hasSize(1);
    }

    private String status(String path) {
        return http.get("fhir/R4/" + path)
                .json()
                .path("parameter")
                .path(0)
                .path("valueCode")
                .asString();
    }

    private String path() {
        return "fhir/R4/Agent/" + agent + "/$push";
    }

    private Reply push(String destination, String message, String more) {
        return http.post(path(), body(destination, message, more), "Content-Type", "application/json");
    }

    private static String body(String destination, String message, String more) {
        return "{\"destination\":\"%s\",\"contentType\":\"%s\",\"body\":\"%s\",%s}"
                .formatted(destination, HL7, message, more);
    }
}
