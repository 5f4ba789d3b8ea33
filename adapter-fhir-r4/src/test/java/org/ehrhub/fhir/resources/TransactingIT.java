package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent for a transaction, and what is believed of its answer. */
class TransactingIT {
    private static final String ONE = "urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11";
    private static final String TWO = "urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f12";
    private static final String BUNDLE = """
            {"resourceType":"Bundle","type":"transaction","entry":[
             {"fullUrl":"%s","resource":{"resourceType":"Patient","name":[{"family":"Hill"}]},
              "request":{"method":"POST","url":"Patient","ifNoneExist":"identifier=urn:x|1"}},
             {"fullUrl":"%s","resource":{"resourceType":"Basic","subject":{"reference":"%s"},
               "author":{"reference":"alpha/Practitioner/d1"}},"request":{"method":"POST","url":"Basic"}},
             {"resource":{"resourceType":"Task","status":"requested","intent":"order"},
              "request":{"method":"PUT","url":"Task/t1","ifMatch":"W/\\"4\\""}},
             {"resource":{"resourceType":"Binary","contentType":"application/json-patch+json",
               "data":"W3sib3AiOiJyZW1vdmUiLCJwYXRoIjoiL25vdGUifV0="},
              "request":{"method":"PATCH","url":"Task/t2","ifMatch":"W/\\"1\\""}},
             {"request":{"method":"DELETE","url":"Flag/f1","ifMatch":"W/\\"2\\""}}]}""".formatted(ONE, TWO, ONE);

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void sendsTheEntriesWithTheKeyOnTheFirstRecordSurelyCreated() {
        ehr.server().answers(request -> answer("transaction-response", "200 OK", "201", "200", "200", "204"));

        var outcome = ok(run(BUNDLE));

        assertThat(outcome.entries())
                .extracting(entry -> entry.status() + " " + entry.ref() + " " + entry.version())
                .containsExactly(
                        "200 alpha/Patient/p9 3",
                        "201 alpha/Basic/b9 1",
                        "200 alpha/Task/t1 5",
                        "200 alpha/Task/t2 2",
                        "204 alpha/Flag/f1 null");
        assertThat(ehr.server().requests()).singleElement().satisfies(request -> {
            assertThat(request.target()).isIn("/fhir", "/fhir/");
            assertThat(request.body())
                    .contains(
                            "\"fullUrl\":\"" + ONE,
                            "\"subject\":{\"reference\":\"" + ONE,
                            "\"reference\":\"Practitioner/d1\"",
                            "\"ifNoneExist\":\"identifier=urn%3Ax%7C1\"",
                            "\"id\":\"t1\"",
                            "\"ifMatch\":\"W/\\\"4\\\"\"",
                            "\"method\":\"DELETE\",\"url\":\"Flag/f1\"",
                            "{\"resourceType\":\"Basic\",\"identifier\":[{\"system\":\"urn:ehrhub:write-key\",\"value\":\"key0123456789\"}]");
        });
    }

    @Test
    void reportsNoSuccessOfATransactionThatWasDoneInPart() {
        ehr.server()
                .answers(request -> answer("batch-response", "200", "201", "412 Precondition Failed", "200", "204"));
        assertThat(ScriptedEhr.code(run(BUNDLE))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        ehr.server().answers(request -> answer("transaction-response", "200", "201", "200", "200"));
        assertThat(ScriptedEhr.code(run(BUNDLE))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        ehr.server().answers(request -> answer("transaction-response", "200", "201", "Ada", "200", "204"));
        assertThat(ScriptedEhr.code(run(BUNDLE))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void sendsItOnceAndFindsItByTheKey() {
        ehr.server().answers(request -> new Answer(0, ""));
        assertThat(ScriptedEhr.code(run(BUNDLE))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(ehr.server().requests()).hasSize(1);

        ehr.server().answers(request -> new Answer(200, """
                {"resourceType":"Bundle","type":"searchset","entry":[{"resource":{"resourceType":"Basic","id":"b9",
                 "meta":{"versionId":"1"},"identifier":[{"system":"urn:ehrhub:write-key","value":"key0123456789"}]}}]}"""));
        assertThat(ehr.reconcile(FhirTools.TRANSACTION, input(BUNDLE)))
                .hasValueSatisfying(found -> assertThat(found.entries())
                        .extracting(entry -> entry.status() + " " + entry.ref())
                        .containsExactly(
                                "201 null",
                                "201 alpha/Basic/b9",
                                "200 alpha/Task/t1",
                                "200 alpha/Task/t2",
                                "204 alpha/Flag/f1"));

        ehr.server().answers(request -> new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
        assertThat(ehr.reconcile(FhirTools.TRANSACTION, input(BUNDLE))).isEmpty();
    }

    @Test
    void cannotTellWhatBecameOfOneThatCreatesNothing() {
        var deletes = """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"request":{"method":"DELETE","url":"Flag/f1","ifMatch":"W/\\"2\\""}}]}""";

        assertThatThrownBy(() -> ehr.reconcile(FhirTools.TRANSACTION, input(deletes)))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private ToolResult<FhirTransactionOutcome> run(String bundle) {
        return ehr.call(FhirTools.TRANSACTION, input(bundle));
    }

    private static FhirTransaction input(String bundle) {
        return new FhirTransaction("alpha", new FhirJson(bundle), null, null);
    }

    private static FhirTransactionOutcome ok(ToolResult<FhirTransactionOutcome> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<FhirTransactionOutcome>) result).value();
    }

    private static Answer answer(String type, String... statuses) {
        var places = new String[] {"Patient/p9/_history/3", "Basic/b9/_history/1", "Task/t1/_history/5", "", ""};
        var entries = new StringBuilder();
        for (int each = 0; each < statuses.length; each++) {
            var location = places[each].isEmpty() ? "" : ",\"location\":\"" + places[each] + "\"";
            var etag = each == 3 ? ",\"etag\":\"W/\\\"2\\\"\"" : "";
            entries.append(each == 0 ? "" : ",")
                    .append("{\"response\":{\"status\":\"%s\"%s%s}}".formatted(statuses[each], location, etag));
        }
        return new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"" + type + "\",\"entry\":[" + entries + "]}");
    }
}
