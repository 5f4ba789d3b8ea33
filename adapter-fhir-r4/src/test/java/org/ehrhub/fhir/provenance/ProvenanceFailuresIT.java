package org.ehrhub.fhir.provenance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.documents.NoteDraft;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A write is done, once, whatever becomes of its Provenance; the answer says so. */
class ProvenanceFailuresIT {
    private static final String KEY = "key0123456789";
    private volatile String kept = "";

    private final CountDownLatch over = new CountDownLatch(1);
    private ScriptedEhr ehr;

    @AfterEach
    void close() {
        over.countDown();
        ehr.close();
    }

    private void start(FhirR4Config.Provenance setting, String type, Supplier<Answer> provenance) {
        ehr = new ScriptedEhr(new ScriptedServer(), base -> ScriptedEhr.config(base, null, null, setting));
        ehr.server().answers(request -> answer(request, type, provenance));
        ehr.adapter().probe(Duration.ofSeconds(5));
    }

    private Answer answer(Request request, String type, Supplier<Answer> provenance) {
        var target = request.target();
        if (target.endsWith("/metadata")) {
            return new Answer(200, """
                    {"resourceType":"CapabilityStatement","rest":[{"mode":"server","resource":[
                      {"type":"Patient","interaction":[{"code":"read"},{"code":"search-type"}]},
                      {"type":"DocumentReference","interaction":[{"code":"read"},{"code":"create"}]},
                      {"type":"%s","interaction":[{"code":"create"}]}]}]}""".formatted(type));
        }
        if (target.contains("/Provenance")) {
            return provenance.get();
        }
        if (request.method().equals("POST")) {
            var at = ehr.server().url("/fhir/DocumentReference/n1/_history/1").toString();
            kept = request.body().replaceFirst("\\{", "{\"id\":\"n1\",").replaceFirst("\"meta\":\\{[^}]*},", "");
            return new Answer(201, kept, at);
        }
        return new Answer(
                200,
                target.contains("/Patient/")
                        ? "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"
                        : target.contains("/DocumentReference/")
                                ? kept
                                : "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
    }

    private ToolResult<Document> note(Duration time) {
        var call = new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(time), null, KEY);
        var note = new NoteDraft(Reference.parse("alpha/Patient/p1"), "Title", "Text", null, null, null, null);
        return ehr.call(DocumentTools.DRAFT_NOTE, note, call);
    }

    private static ToolResult.Ok<Document> done(ToolResult<Document> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<Document>) result;
    }

    private long posts(String type) {
        return ehr.server().requests().stream()
                .filter(one -> one.method().equals("POST") && one.target().contains("/" + type))
                .count();
    }

    @Test
    void anEhrThatDoesNotSayItTakesProvenanceIsSentNone() {
        start(FhirR4Config.Provenance.AUTO, "Basic", () -> new Answer(201, "{}"));

        assertThat(done(note(Duration.ofSeconds(20))).warnings()).containsExactly(Attribution.NOT_TAKEN.warning());
        assertThat(posts("Provenance")).isZero();
    }

    @Test
    void whereItIsSwitchedOffNoneIsSentAndNothingSaid() {
        start(FhirR4Config.Provenance.OFF, "Provenance", () -> new Answer(201, "{}"));

        assertThat(done(note(Duration.ofSeconds(20))).warnings()).isEmpty();
        assertThat(posts("Provenance")).isZero();
    }

    @Test
    void anEhrWhoseStatementCannotBeHadIsSentNone() {
        ehr = new ScriptedEhr(
                new ScriptedServer(), base -> ScriptedEhr.config(base, null, null, FhirR4Config.Provenance.AUTO));
        ehr.server()
                .answers(request -> request.target().endsWith("/metadata")
                        ? new Answer(500, "")
                        : answer(request, "Provenance", () -> new Answer(201, "{}")));
        ehr.adapter().probe(Duration.ofSeconds(5));

        assertThat(done(note(Duration.ofSeconds(20))).warnings()).containsExactly(Attribution.NOT_KNOWN.warning());
        assertThat(posts("Provenance")).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 302, 400, 403, 404, 412, 422, 429, 500, 503})
    void aRefusedOrLostProvenanceLeavesTheWriteDoneOnce(int status) {
        start(FhirR4Config.Provenance.AUTO, "Provenance", () -> new Answer(status, ""));

        assertThat(done(note(Duration.ofSeconds(20))).warnings()).containsExactly(Attribution.NOT_CONFIRMED.warning());
        assertThat(posts("DocumentReference")).isOne();
        assertThat(posts("Provenance")).isOne();
    }

    @Test
    void oneThatHangsTakesNoMoreThanAPartOfTheTime() {
        start(FhirR4Config.Provenance.AUTO, "Provenance", this::afterAll);
        var before = Instant.now();

        assertThat(done(note(Duration.ofSeconds(4))).warnings()).containsExactly(Attribution.NOT_CONFIRMED.warning());
        assertThat(Duration.between(before, Instant.now())).isLessThan(Duration.ofMillis(3_500));
        assertThat(posts("DocumentReference")).isOne();
    }

    private Answer afterAll() {
        try {
            over.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return new Answer(0, "");
    }

    @Test
    void oneThatTheEhrTakesForAnotherIsNotCounted() {
        start(
                FhirR4Config.Provenance.AUTO,
                "Provenance",
                () -> new Answer(
                        200,
                        "{\"resourceType\":\"Provenance\",\"id\":\"old\"}",
                        ehr.server().url("/fhir/Provenance/old").toString()));

        assertThat(done(note(Duration.ofSeconds(20))).warnings()).containsExactly(Attribution.NOT_CONFIRMED.warning());
    }
}
