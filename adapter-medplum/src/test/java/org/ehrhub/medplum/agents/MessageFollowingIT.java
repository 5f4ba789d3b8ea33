package org.ehrhub.medplum.agents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.medplum.ScriptedMedplum.code;
import static org.ehrhub.medplum.ScriptedMedplum.done;
import static org.ehrhub.medplum.agents.MessagePushIT.acknowledged;
import static org.ehrhub.medplum.agents.MessagePushIT.input;
import static org.ehrhub.medplum.agents.MessagePushIT.message;

import java.time.Duration;
import java.util.Map;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.medplum.ScriptedMedplum.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.ehrhub.tools.hl7v2.Hl7Status;
import org.ehrhub.tools.hl7v2.Hl7Tools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hl7v2.status} of messages that went through an Agent. */
class MessageFollowingIT {
    private final ScriptedMedplum medplum = new ScriptedMedplum((tools, server) -> AgentHandlers.register(
            tools,
            server,
            Map.of("lab", new AgentSettings("agent-1", "device-1", null, null)),
            Duration.ofSeconds(10)));

    @AfterEach
    void close() {
        medplum.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"connected", "disconnected", "unknown"})
    void saysWhatBecameOfAMessageAndWhetherTheAgentIsConnected(String link) {
        medplum.answers(request -> answer(request, "AA", status(link)));
        var sent = outcome(medplum.call(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write("k")));

        var followed = outcome(follow(sent.message()));

        assertThat(followed).isEqualTo(new Hl7Outcome(sent.message(), "accepted", "AA", "M1", 1, null, link));
    }

    @Test
    void remembersARejectionWithItsCode() {
        medplum.answers(request -> answer(request, "AE", status("connected")));
        var reference = outcome(follow(new Receivers("clinic", Map.of("lab", new AgentSettings("a", "d", null, null)))
                        .reference(addressed("M1"))))
                .message();
        medplum.call(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write("k"));

        var followed = outcome(follow(reference));

        assertThat(followed.status()).isEqualTo("rejected");
        assertThat(followed.acknowledgement()).isEqualTo("AE");
        assertThat(followed.error()).isEqualTo("207");
    }

    @Test
    void saysThatItDoesNotKnowWhatNobodyKeeps() {
        medplum.answers(request -> answer(request, "AA", status("connected")));
        var sent = outcome(medplum.call(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write("k")));
        medplum.restart();

        var followed = done(follow(sent.message()));

        assertThat(((Hl7Outcome) followed.value()).status()).isEqualTo("unknown");
        assertThat(followed.warnings()).hasSize(1);
    }

    @Test
    void answersWithoutTheAgentsStatusWhereItCannotBeAsked() {
        medplum.answers(request -> answer(request, "AA", Answer.outcome(500, "down")));
        var sent = outcome(medplum.call(Hl7Tools.SEND, input(message("M1")), ScriptedMedplum.write("k")));

        var followed = done(follow(sent.message()));

        assertThat(((Hl7Outcome) followed.value()).status()).isEqualTo("accepted");
        assertThat(((Hl7Outcome) followed.value()).link()).isNull();
        assertThat(followed.warnings()).hasSize(1);
    }

    @Test
    void knowsNoMessageThatTheHubDidNotName() {
        assertThat(code(follow(new Reference("other", "Message", "bGFiL00x")))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(code(follow(new Reference("clinic", "Message", "42")))).isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(medplum.requests()).isEmpty();
    }

    private static Receivers.Addressed addressed(String controlId) {
        return new Receivers.Addressed(
                new Receivers.Receiver("lab", new AgentSettings("a", "d", null, null)), controlId);
    }

    private static Answer answer(Request request, String code, Answer status) {
        return request.is("GET Agent/agent-1/$status") ? status : acknowledged(request, code, "ERR|||207");
    }

    private static Answer status(String link) {
        return Answer.fhir(200, """
                {"resourceType":"Parameters","parameter":[{"name":"status","valueCode":"%s"},
                {"name":"version","valueString":"5.1.12"}]}""".formatted(link));
    }

    private ToolResult<?> follow(Reference message) {
        return medplum.call(Hl7Tools.STATUS, new Hl7Status(message), ScriptedMedplum.read());
    }

    private static Hl7Outcome outcome(ToolResult<?> result) {
        return (Hl7Outcome) done(result).value();
    }
}
