package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.NewRecords.Case;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** New records on servers that refuse, say little, or say something else: one POST, and an answer that is true. */
class NewRecordFailuresIT {
    private static final String KEY = "key0123456789";

    private final ScriptedEhr ehr = new ScriptedEhr(null);
    private final AtomicReference<String> stored = new AtomicReference<>("");

    @AfterEach
    void close() {
        ehr.close();
    }

    static Stream<Case<?, ?>> cases() {
        return NewRecords.about(Reference.parse("alpha/Patient/p1"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysThatTheEhrRefusedAndNotWhatItSaid(Case<?, ?> write) {
        var result = posted(write, new Answer(422, """
                {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"invalid",
                 "diagnostics":"Zebrowski MARKER is not allowed"}]}"""));

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.REJECTED_BY_EHR);
        assertThat(result.toString()).doesNotContain("MARKER");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotKnowWhatWasDoneWhereTheServerDoesNotSayWhichRecordItMade(Case<?, ?> write) {
        assertThat(ScriptedEhr.code(posted(write, new Answer(201, "")))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotKnowWhatWasDoneWhereTheConnectionBreaks(Case<?, ?> write) {
        assertThat(ScriptedEhr.code(posted(write, new Answer(0, "")))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void needsNothingButTheAddressOfTheNewRecord(Case<?, ?> write) {
        var result = posted(write, new Answer(201, "", location(write, "n1")));

        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        assertThat(((ToolResult.Ok<?>) result).warnings()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotTakeAnotherRecordForTheNewOne(Case<?, ?> write) {
        stored.set("other");

        assertThat(ScriptedEhr.code(posted(write, new Answer(201, "", location(write, "n1")))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void doesNotTakeAnotherPatientsRecordForTheNewOne(Case<?, ?> write) {
        stored.set("foreign");

        assertThat(ScriptedEhr.code(posted(write, new Answer(201, "", location(write, "n1")))))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void warnsWhereTheServerDropsTheKey(Case<?, ?> write) {
        stored.set("keyless");

        var result = posted(write, new Answer(201, "", location(write, "n1")));

        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        assertThat(((ToolResult.Ok<?>) result).warnings())
                .singleElement()
                .asString()
                .contains("did not keep the hub's key");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void cannotTellWhatWasDoneWhereTheServerDropsKeys(Case<?, ?> write) {
        stored.set("keyless");
        posted(write, new Answer(201, "", location(write, "n1")));

        assertThatThrownBy(() -> reconciled(write))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private <I extends Record, O extends Record> Optional<O> reconciled(Case<I, O> write) {
        return Handlers.reconcile(ehr.adapter(), write.tool(), write.input(), "another");
    }

    @ParameterizedTest
    @MethodSource("cases")
    void sendsTheKeyInTheRecordAndAsTheCondition(Case<?, ?> write) {
        posted(write, new Answer(201, "", location(write, "n1")));

        assertThat(ehr.server().requests())
                .filteredOn(one -> one.method().equals("POST"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.target()).isEqualTo("/fhir/" + write.type());
                    assertThat(one.headers().get("if-none-exist"))
                            .as("a search alone, without an address")
                            .isEqualTo("identifier=urn%3Aehrhub%3Awrite-key%7C" + KEY);
                    assertThat(one.body()).contains("\"system\":\"urn:ehrhub:write-key\",\"value\":\"" + KEY + "\"");
                });
    }

    private <I extends Record, O extends Record> ToolResult<O> posted(Case<I, O> write, Answer answer) {
        var how = stored.get();
        ehr.server().answers(request -> {
            if (request.method().equals("POST")) {
                stored.set(held(request.body(), write.type(), how));
                return answer;
            }
            return read(request, write.type());
        });
        var result = Handlers.<I, O>call(ehr.adapter(), write.tool(), write.input(), KEY);
        assertThat(ehr.server().requests())
                .filteredOn(one -> !one.method().equals("GET"))
                .hasSize(1);
        return result;
    }

    private Answer read(Request request, String type) {
        if (request.target().endsWith("/fhir/" + type + "/n1")) {
            return new Answer(200, stored.get());
        }
        if (request.target().endsWith("/fhir/Patient/p1")) {
            return new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
        }
        var found = request.target().contains("/Questionnaire?") ? """
                {"resource":{"resourceType":"Questionnaire","id":"q1","url":"%s","status":"active",
                 "item":[{"linkId":"reason","type":"string"}]}}""".formatted(NewRecords.INTAKE) : "";
        return new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[%s]}""".formatted(found));
    }

    /** What the server then holds of what was sent. */
    private static String held(String sent, String type, String how) {
        var id = how.equals("other") ? "n2" : "n1";
        var held = sent.replaceFirst(
                "\"resourceType\":\"" + type + "\"", "\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\"");
        return switch (how) {
            case "foreign" -> held.replace("Patient/p1", "Patient/p2").replace("Zebrowski", "Adams");
            case "keyless" -> held.replace("urn:ehrhub:write-key", "urn:example:other");
            default -> held;
        };
    }

    private String location(Case<?, ?> write, String id) {
        return ehr.server()
                .url("/fhir/" + write.type() + "/" + id + "/_history/1")
                .toString();
    }
}
