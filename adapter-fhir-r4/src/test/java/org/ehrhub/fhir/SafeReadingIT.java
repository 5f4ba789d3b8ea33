package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPOutputStream;
import org.ehrhub.adapters.ByteSize;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Body;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.appointments.AppointmentCancel;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientSearch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers that are too long, too deep, too slow, or not what was asked for. */
class SafeReadingIT {
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final PatientSearch SEARCH =
            new PatientSearch(null, "Hill", null, null, null, null, null, null, null);
    private static final AppointmentCancel CANCEL =
            new AppointmentCancel(Reference.parse("alpha/Appointment/a1"), null, null, null);
    private static final String ADA = "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"birthDate\":\"1948-03\"}";
    private static final String BOOKED =
            "{\"resourceType\":\"Appointment\",\"id\":\"a1\",\"meta\":{\"versionId\":\"3\"},\"status\":\"booked\"}";
    private static final String CANCELLED =
            BOOKED.replace("booked", "cancelled").replace("\"3\"", "\"4\"");
    private static final int MB = 1024 * 1024;

    private final ScriptedEhr ehr = new ScriptedEhr(
            new ScriptedServer(),
            base -> new FhirR4Config(
                    base,
                    null,
                    null,
                    null,
                    Duration.ofSeconds(5),
                    ByteSize.parse("1MB"),
                    null,
                    null,
                    List.of(),
                    null,
                    List.of(),
                    null));

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void stopsReadingWhereAnAnswerIsTooLong() {
        var sent = new AtomicLong();
        ehr.server()
                .answers(request -> streamed(out -> {
                    out.write("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
                            .getBytes(StandardCharsets.UTF_8));
                    for (int mb = 0; mb < 50; mb++) {
                        out.write(" ".repeat(MB).getBytes(StandardCharsets.UTF_8));
                        sent.addAndGet(MB);
                    }
                }));

        var found = ehr.list(PatientTools.SEARCH, SEARCH);

        assertThat(found)
                .isEqualTo(ToolResult.failed(
                        ErrorCode.UNSUPPORTED,
                        "The EHR's answer is larger than the hub reads.",
                        "Ask for less: fewer rows, a shorter time, one kind."));
        assertThat(sent.get()).isLessThan(20L * MB);
    }

    @Test
    void asksForNoPlainerListWhereAnAnswerIsTooLong() {
        ehr.server()
                .answers(request -> new Answer(200, "{\"resourceType\":\"Bundle\",\"x\":\"" + "x".repeat(MB) + "\"}"));
        var labs = new LabList(Reference.parse("alpha/Patient/p1"), null, null, null, null, null);

        assertThat(code(ehr.list(ChartTools.LABS, labs))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void stopsUnpackingWhereAnAnswerIsTooLong() throws IOException {
        var bomb = zipped(out -> {
            out.write("{\"resourceType\":\"Patient\",\"id\":\"p1\",\"x\":\"".getBytes(StandardCharsets.UTF_8));
            for (int mb = 0; mb < 200; mb++) {
                out.write(new byte[MB]);
            }
        });
        ehr.server().answers(request -> streamed(out -> out.write(bomb)).with("Content-Encoding", "gzip"));

        assertThat(bomb.length).isLessThan(MB);
        assertThat(code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void unpacksWhatIsPacked() throws IOException {
        var packed = zipped(out -> out.write(ADA.getBytes(StandardCharsets.UTF_8)));
        ehr.server().answers(request -> streamed(out -> out.write(packed)).with("Content-Encoding", "gzip"));

        assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);
        assertThat(ehr.server().requests().getFirst().headers()).containsEntry("accept-encoding", "gzip");
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 1_000, 10_000, 100_000})
    void readsNothingThatIsTooDeep(int depth) {
        var deep = "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"extension\":"
                + "[{\"extension\":".repeat(depth / 2)
                + "[]"
                + "}]".repeat(depth / 2)
                + "}";
        ehr.server().answers(request -> new Answer(200, deep));

        assertThat(code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void readsNothingThatIsMadeOfTooManyParts() {
        ehr.server()
                .answers(request ->
                        new Answer(200, "{\"resourceType\":\"Bundle\",\"entry\":[{}" + ",{}".repeat(300_000) + "]}"));

        assertThat(code(ehr.list(PatientTools.SEARCH, SEARCH))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1.5E+10000", "\"1e-999999999\""})
    void readsNoNumberThatNobodyCanWriteOut(String number) {
        ehr.server()
                .answers(request -> new Answer(
                        200,
                        "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"extension\":[{\"url\":\"u\",\"valueDecimal\":"
                                + number + "}]}"));

        assertThat(code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void endsAtTheDeadlineHoweverSlowlyAnAnswerComes() {
        ehr.server()
                .answers(request -> streamed(out -> {
                    for (int i = 0; i < 600; i++) {
                        out.write(' ');
                        out.flush();
                        pause();
                    }
                }));
        var started = Instant.now();

        var result = ehr.call(
                PatientTools.GET, PATIENT, new CallContext("c", new Caller("t", Set.of()), started.plusMillis(400)));

        assertThat(code(result)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(3));
    }

    @ParameterizedTest
    @CsvSource({
        "not-found, NOT_FOUND",
        "forbidden, DENIED",
        "login, DENIED",
        "throttled, RATE_LIMITED",
        "not-supported, UNSUPPORTED",
        "too-costly, UNSUPPORTED",
        "timeout, EHR_UNAVAILABLE",
        "exception, EHR_UNAVAILABLE",
        "invalid, REJECTED_BY_EHR",
        "business-rule, REJECTED_BY_EHR"
    })
    void understandsAnOutcomeInPlaceOfWhatWasAskedFor(String issue, ErrorCode code) {
        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"%s","diagnostics":"Ada Hill"}]}""".formatted(issue)));

        var got = ehr.call(PatientTools.GET, PATIENT);
        var found = ehr.list(PatientTools.SEARCH, SEARCH);

        assertThat(code(got)).isEqualTo(code);
        assertThat(code(found)).isEqualTo(code);
        assertThat(got + " " + found).doesNotContain("Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"resourceType\":\"Patient\",\"id\":\"p2\"}",
                "{\"resourceType\":\"Person\",\"id\":\"p1\"}",
                "{\"resourceType\":\"Patient\",\"id\":\"p1\"",
                "{\"resourceType\":\"Patient\",\"id\":\"p1\"} {}",
                "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"Ada\"}]}",
                "[]",
                "null",
                "\"Ada\""
            })
    void showsNothingButTheRecordThatWasAskedFor(String body) {
        ehr.server().answers(request -> new Answer(200, body));

        var got = ehr.call(PatientTools.GET, PATIENT);

        assertThat(code(got)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(got.toString()).doesNotContain("p2", "Ada");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ADA,
                "{\"resourceType\":\"Bundle\",\"entry\":7}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Ada\"}}]}",
                "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"name\":7}}]}",
                "{\"resourceType\":\"Bundle\",\"total\":\"Ada\"}",
                "{}"
            })
    void takesNothingForAListButABundle(String body) {
        ehr.server().answers(request -> new Answer(200, body));

        var found = ehr.list(PatientTools.SEARCH, SEARCH);

        assertThat(code(found)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(found.toString()).doesNotContain("Ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/fhir+xml", "text/plain", "application/pdf"})
    void readsNothingThatIsNotSentAsJson(String type) {
        ehr.server().answers(request -> new Answer(200, ADA).with("Content-Type", type));

        assertThat(code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>done</html>", "{\"resourceType\":\"Appo", ""})
    void takesTheStatusOfAWriteForItsAnswerWhereTheRestCannotBeRead(String body) {
        ehr.server()
                .answers(request -> request.method().equals("GET")
                        ? new Answer(200, cancelled() ? CANCELLED : BOOKED)
                        : new Answer(200, body).with("Content-Type", "text/html"));

        assertThat(ehr.call(AppointmentTools.CANCEL, CANCEL)).isInstanceOf(ToolResult.Ok.class);
    }

    private boolean cancelled() {
        return ehr.server().requests().stream()
                .anyMatch(request -> request.method().equals("PUT"));
    }

    private static ErrorCode code(ToolResult<?> result) {
        return ScriptedEhr.code(result);
    }

    private static Answer streamed(Body body) {
        return new Answer(200, body, Map.of());
    }

    private static byte[] zipped(Body body) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            body.to(out);
        }
        return packed.toByteArray();
    }

    private static void pause() {
        try {
            assertThat(new CountDownLatch(1).await(10, TimeUnit.MILLISECONDS)).isFalse();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
