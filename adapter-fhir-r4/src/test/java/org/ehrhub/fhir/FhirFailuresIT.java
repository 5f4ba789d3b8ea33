package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.Health;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server's refusals, silence and nonsense become. */
class FhirFailuresIT {
    private static final String LEAK = "Ada Hill has no appointment";
    private static final String REFUSAL = """
            {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid","diagnostics":"%s"}]}""".formatted(LEAK);
    private static final String BOOKED = """
            {"resourceType":"Appointment","id":"a1","meta":{"versionId":"3"},"status":"booked",
             "participant":[{"actor":{"reference":"Patient/p1"},"status":"accepted"}]}""";
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final PatientSearch SEARCH =
            new PatientSearch(null, "Hill", null, null, null, null, null, null, null);
    private static final AppointmentCancel CANCEL =
            new AppointmentCancel(Reference.parse("alpha/Appointment/a1"), null, null, null);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @ParameterizedTest
    @CsvSource({
        "301, EHR_UNAVAILABLE, EHR_UNAVAILABLE, OUTCOME_UNKNOWN",
        "400, UNSUPPORTED, UNSUPPORTED, REJECTED_BY_EHR",
        "401, DENIED, DENIED, DENIED",
        "403, DENIED, DENIED, DENIED",
        "404, NOT_FOUND, UNSUPPORTED, NOT_FOUND",
        "410, NOT_FOUND, UNSUPPORTED, NOT_FOUND",
        "405, UNSUPPORTED, UNSUPPORTED, UNSUPPORTED",
        "409, CONFLICT, CONFLICT, CONFLICT",
        "412, CONFLICT, CONFLICT, CONFLICT",
        "422, UNSUPPORTED, UNSUPPORTED, REJECTED_BY_EHR",
        "429, RATE_LIMITED, RATE_LIMITED, RATE_LIMITED",
        "500, EHR_UNAVAILABLE, EHR_UNAVAILABLE, OUTCOME_UNKNOWN",
        "501, UNSUPPORTED, UNSUPPORTED, UNSUPPORTED",
        "503, EHR_UNAVAILABLE, EHR_UNAVAILABLE, OUTCOME_UNKNOWN",
        "0, EHR_UNAVAILABLE, EHR_UNAVAILABLE, OUTCOME_UNKNOWN"
    })
    void namesTheKindOfAFailureInItsOwnWords(int status, ErrorCode read, ErrorCode search, ErrorCode write) {
        ehr.server()
                .answers(request ->
                        request.method().equals("GET") && request.target().contains("/Appointment/")
                                ? new Answer(200, BOOKED)
                                : new Answer(status, REFUSAL, "https://elsewhere.example/fhir"));

        var got = ehr.call(PatientTools.GET, PATIENT);
        var found = ehr.list(PatientTools.SEARCH, SEARCH);
        var cancelled = ehr.call(AppointmentTools.CANCEL, CANCEL);

        assertThat(ScriptedEhr.code(got)).isEqualTo(read);
        assertThat(ScriptedEhr.code(found)).isEqualTo(search);
        assertThat(ScriptedEhr.code(cancelled)).isEqualTo(write);
        assertThat(got + " " + found + cancelled).doesNotContain("Ada", "p1", "a1", "Hill", "elsewhere");
    }

    @Test
    void sendsAWriteOnce() {
        ehr.server().answers(request -> request.method().equals("GET") ? new Answer(200, BOOKED) : new Answer(0, ""));

        ehr.call(AppointmentTools.CANCEL, CANCEL);

        assertThat(ehr.server().requests())
                .filteredOn(request -> request.method().equals("PUT"))
                .singleElement()
                .satisfies(request -> assertThat(request.ifMatch()).isEqualTo("W/\"3\""));
    }

    @Test
    void saysThatAnAnswerIsNotFhir() {
        for (var body : new String[] {"<html>" + LEAK + "</html>", "{}", "", "{\"resourceType\":\"Patient\""}) {
            ehr.server().answers(request -> new Answer(200, body));

            var result = ehr.call(PatientTools.GET, PATIENT);

            assertThat(ScriptedEhr.code(result)).as(body).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
            assertThat(result.toString()).doesNotContain("Ada");
        }
    }

    @Test
    void givesUpAtTheDeadline() {
        var never = new CountDownLatch(1);
        ehr.server().answers(request -> {
            await(never);
            return new Answer(200, "{}");
        });
        var started = Instant.now();
        var call = new CallContext("c", new Caller("t", Set.of()), started.plusMillis(300));

        var result = ehr.call(PatientTools.GET, PATIENT, call);
        never.countDown();

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void saysThatNothingWasSentToAnEhrThatIsNotThere() throws IOException {
        try (var camel = new DefaultCamelContext();
                var adapter = new FhirR4AdapterFactory()
                        .create(
                                "alpha",
                                new FhirR4Config(nobody()),
                                new AdapterContext(camel, InstantSource.system()))) {
            camel.start();

            assertThat(adapter.probe(Duration.ofSeconds(5)))
                    .isEqualTo(new Health.Down("The EHR could not be reached; nothing was sent. Try again later."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://169.254.169.254/fhir", "http://[fe80::1]/fhir", "http://100.100.100.200:8080/"})
    void goesToNoAddressWhereCloudMachinesKeepTheirSecrets(String url) throws IOException {
        try (var camel = new DefaultCamelContext();
                var adapter = new FhirR4AdapterFactory()
                        .create(
                                "alpha",
                                new FhirR4Config(URI.create(url)),
                                new AdapterContext(camel, InstantSource.system()))) {
            camel.start();

            assertThat(adapter.probe(Duration.ofSeconds(5)))
                    .isEqualTo(new Health.Down(
                            "The address lies in a network that the hub does not call; nothing was sent."
                                    + " Ask the hub's operator to check this EHR's addresses."));
        }
    }

    @Test
    void withholdsARecordWhoseMeaningAModifierMayTurn() {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Patient","id":"p1","modifierExtension":[{"url":"urn:example:not","valueBoolean":true}]}"""));

        assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void changesNothingThatIsOverOrCancelled() {
        for (var status : new String[] {"fulfilled", "noshow", "cancelled", "entered-in-error"}) {
            ehr.server().answers(request -> new Answer(200, BOOKED.replace("booked", status)));
            var result = ehr.call(AppointmentTools.CANCEL, CANCEL);

            assertThat(result instanceof ToolResult.Ok).isEqualTo(status.equals("cancelled"));
        }
        assertThat(ehr.server().requests()).allMatch(request -> request.method().equals("GET"));
    }

    private static URI nobody() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return URI.create("http://127.0.0.1:" + socket.getLocalPort() + "/fhir");
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
