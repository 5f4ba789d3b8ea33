package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.ScriptedServer;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests of a product's own, in which nothing need be FHIR. */
class OwnRequestsIT {
    private static final String OUTCOME =
            "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\"}]}";

    private final ScriptedServer scripted = new ScriptedServer();
    private final CamelContext camel = new DefaultCamelContext();
    private final FhirServer server = new FhirServer(
            "alpha",
            new FhirR4Config(scripted.url("/fhir")),
            new AdapterContext(camel, InstantSource.system()),
            ServerHabits.STANDARD);
    private final CallContext call = new CallContext(
            "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)));

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void close() {
        server.close();
        camel.stop();
        scripted.close();
    }

    @Test
    void goToTheServersOriginOnly() {
        for (var url : List.of("http://elsewhere.example/x", "https://127.0.0.1/x", scripted.url("/a/../b") + "")) {
            assertThatThrownBy(() -> server.ask(OwnRequest.get(URI.create(url), "*/*"), call))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(scripted.requests()).isEmpty();
    }

    @Test
    void sendTheirContentTypeToTheLetter() {
        scripted.answers(request -> new Answer(200, "MSA|AA|1").with("Content-Type", "x-application/hl7-v2+er7"));

        var answer = server.ask(
                OwnRequest.act(
                        scripted.url("/own"), "*/*", new OwnRequest.Body("x-application/hl7-v2+er7", "MSH|^~\\&|é")),
                call);

        assertThat(scripted.requests().getFirst().headers()).containsEntry("content-type", "x-application/hl7-v2+er7");
        assertThat(scripted.requests().getFirst().body()).isEqualTo("MSH|^~\\&|é");
        assertThat(answer.content().type()).isEqualTo("x-application/hl7-v2+er7");
        assertThat(new String(answer.content().bytes(), StandardCharsets.UTF_8)).isEqualTo("MSA|AA|1");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 410, 412, 413, 422})
    void areAnsweredByARefusalForTheirOwnSake(int status) {
        scripted.answers(request -> new Answer(status, OUTCOME).with("Content-Location", "/job/1"));

        var answer = server.ask(OwnRequest.act(scripted.url("/own"), "*/*", new OwnRequest.Body("a/b", "")), call);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.good()).isFalse();
        assertThat(answer.place()).isEqualTo("/job/1");
        assertThat(new String(answer.content().bytes(), StandardCharsets.UTF_8)).isEqualTo(OUTCOME);
    }

    @Test
    void failWhereTheHubItselfIsRefused() {
        assertThat(ownFailure(401)).isEqualTo(ErrorCode.DENIED);
        assertThat(ownFailure(403)).isEqualTo(ErrorCode.DENIED);
        assertThat(ownFailure(429)).isEqualTo(ErrorCode.RATE_LIMITED);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 500, 502, 504})
    void actionsWithoutAnAnswerHaveAnUnknownOutcomeAndAreNotRepeated(int status) {
        scripted.answers(request -> new Answer(status, ""));

        assertThat(code(() ->
                        server.ask(OwnRequest.act(scripted.url("/own"), "*/*", new OwnRequest.Body("a/b", "x")), call)))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        assertThat(scripted.requests()).hasSize(1);
        assertThat(code(() -> server.ask(OwnRequest.get(scripted.url("/own"), "*/*"), call)))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    private ErrorCode ownFailure(int status) {
        scripted.answers(request -> new Answer(status, ""));
        return code(
                () -> server.ask(OwnRequest.act(scripted.url("/own"), "*/*", new OwnRequest.Body("a/b", "x")), call));
    }

    private static ErrorCode code(Runnable work) {
        try {
            work.run();
        } catch (EhrFailure e) {
            return e.code();
        }
        throw new AssertionError("It did not fail");
    }
}
