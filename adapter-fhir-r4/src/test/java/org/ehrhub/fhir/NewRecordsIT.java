package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.ehrhub.fhir.NewRecords.Case;
import org.ehrhub.sandbox.Fault;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.Bundle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every tool that writes a new record promises, on a server that answers as it should and on one that loses answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NewRecordsIT {
    private static final FhirContext FHIR = FhirContext.forR4Cached();

    private SandboxEhr ehr;

    @BeforeAll
    void open() {
        ehr = new SandboxEhr("stmarys", null);
    }

    @AfterAll
    void close() {
        ehr.close();
    }

    static Stream<Case<?, ?>> cases() {
        return NewRecords.about(Reference.parse("stmarys/Patient/sm-1002"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    <I extends Record, O extends Record> void showsWhatTheEhrHoldsAndFindsItAgain(Case<I, O> write) throws Exception {
        var key = newKey();

        var shown = Handlers.done(ehr.adapter(), write.tool(), write.input(), key);

        assertThat(Handlers.reconcile(ehr.adapter(), write.tool(), write.input(), key))
                .hasValue(shown);
        assertThat(held(write.type(), key)).hasSize(1);
        takeAway(write, key);
    }

    @ParameterizedTest
    @MethodSource("cases")
    <I extends Record, O extends Record> void writesNothingASecondTimeUnderTheSameKey(Case<I, O> write)
            throws Exception {
        var key = newKey();
        var first = Handlers.done(ehr.adapter(), write.tool(), write.input(), key);

        var second = Handlers.done(ehr.adapter(), write.tool(), write.input(), key);

        assertThat(second).isEqualTo(first);
        assertThat(held(write.type(), key)).hasSize(1);
        takeAway(write, key);
    }

    @ParameterizedTest
    @MethodSource("cases")
    <I extends Record, O extends Record> void saysThatALostAnswerIsUnknownAndFindsTheOneRecordLater(Case<I, O> write)
            throws Exception {
        var key = newKey();
        assertThat(Handlers.reconcile(ehr.adapter(), write.tool(), write.input(), key))
                .isEmpty();
        ehr.sandbox().site("stmarys").fault(Fault.LOSES_ANSWERS);

        var result = Handlers.<I, O>call(ehr.adapter(), write.tool(), write.input(), key);

        ehr.recover();
        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(Handlers.reconcile(ehr.adapter(), write.tool(), write.input(), key))
                .isPresent();
        assertThat(held(write.type(), key)).hasSize(1);
        takeAway(write, key);
    }

    /** A registered patient would be the duplicate of the next test's. */
    private void takeAway(Case<?, ?> write, String key) throws Exception {
        if (write.type().equals("Patient")) {
            var id = held("Patient", key).getFirst();
            send(HttpRequest.newBuilder(url("Patient/" + id)).DELETE());
        }
    }

    private List<String> held(String type, String key) throws Exception {
        var token = URLEncoder.encode("urn:ehrhub:write-key|" + key, StandardCharsets.UTF_8);
        var answer = send(HttpRequest.newBuilder(url(type + "?identifier=" + token)));
        return FHIR.newJsonParser().parseResource(Bundle.class, answer).getEntry().stream()
                .map(entry -> entry.getResource().getIdPart())
                .toList();
    }

    private URI url(String path) {
        return URI.create(ehr.sandbox().baseUrl("stmarys") + "/" + path);
    }

    private static String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            request.header("Accept", "application/fhir+json").build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }

    private static String newKey() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
