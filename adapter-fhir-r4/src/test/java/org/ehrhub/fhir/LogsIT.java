package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/** What of an exchange goes into the log: that it failed and how, and nothing that it was about. */
class LogsIT {
    private static final String MARK = "Marker-Ada";
    private static final String[] PRIVATE = {MARK, "p77", "x77", "Hillmark", "s3cret"};
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ScriptedServer server = new ScriptedServer();
    private final ScriptedEhr ehr = new ScriptedEhr(
            server, base -> new FhirR4Config(base, Auth.bearer(Secret.from(() -> "s3cret")), null, null, null));

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void close() {
        ROOT.detachAppender(log);
        ehr.close();
        server.close();
    }

    @ParameterizedTest
    @MethodSource("answers")
    void holdsNothingOfAnAnswerOrARequest(Answer answer) {
        server.answers(request -> answer);

        var results = askForEverything();

        assertThat(logged()).doesNotContain(PRIVATE);
        assertThat(results).doesNotContain(PRIVATE);
    }

    @Test
    void saysWhichCallFailedAndHow() {
        server.answers(request -> new Answer(500, MARK));

        askForEverything();

        assertThat(logged())
                .contains("call=\"call-1\"", "ehr=\"alpha\", kind=\"READ\", code=\"EHR_UNAVAILABLE\", status=\"500\"");
    }

    @Test
    void holdsNothingOfALoginThatFails() {
        try (var tokens = new ScriptedServer();
                var signed = new ScriptedEhr(server, base -> login(base, tokens.url("/token")))) {
            for (var answer : answers().toList()) {
                tokens.answers(request -> answer);
                signed.call(PatientTools.GET, new PatientGet(Reference.parse("alpha/Patient/p77")));
            }
        }

        assertThat(logged()).doesNotContain(PRIVATE);
    }

    private static FhirR4Config login(URI base, URI tokens) {
        return new FhirR4Config(base, Auth.client(tokens, "hub", Secret.from(() -> "s3cret"), null), null, null, null);
    }

    private String askForEverything() {
        var results = List.of(
                ehr.call(PatientTools.GET, new PatientGet(Reference.parse("alpha/Patient/p77"))),
                ehr.list(
                        PatientTools.SEARCH,
                        new PatientSearch(null, "Hillmark", null, null, null, null, null, null, null)),
                ehr.call(
                        AppointmentTools.CANCEL,
                        new AppointmentCancel(Reference.parse("alpha/Appointment/x77"), null, MARK, null)),
                ehr.adapter().probe(Duration.ofSeconds(5)));
        return results.toString();
    }

    private String logged() {
        return List.copyOf(log.list).stream()
                .map(event -> event.getFormattedMessage()
                        + event.getKeyValuePairs()
                        + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<Answer> answers() {
        var outcome = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"invalid\","
                + "\"diagnostics\":\"%s\",\"details\":{\"text\":\"%s\"}}]}".formatted(MARK, MARK);
        var bodies = Stream.of(
                MARK,
                "<html>" + MARK + "</html>",
                outcome,
                "{\"resourceType\":\"" + MARK + "\"}",
                "{\"resourceType\":\"Patient\",\"birthDate\":\"" + MARK + "\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p78\",\"" + MARK + "\":{\"" + MARK + "\":1}}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"" + MARK + "\"}}]}",
                "{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"next\",\"url\":\"https://" + MARK + "/\"}]}",
                "{\"resourceType\":\"Patient\",\"name\":\"" + MARK + "\"}",
                "{\"access_token\":\"" + MARK + "\u0001\",\"" + MARK + "\"",
                "");
        return bodies.flatMap(body -> Stream.of(200, 302, 400, 404, 422, 500)
                .map(status -> new Answer(status, body, "https://elsewhere.example/" + MARK)
                        .with("Retry-After", MARK)
                        .with("ETag", MARK)));
    }
}
