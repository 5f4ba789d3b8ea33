package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.fhir.Handlers;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirTransaction;
import org.ehrhub.tools.fhir.FhirTransactionOutcome;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** FHIR's own words on a whole server: what is written is found, read, changed, and gone again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxResourcesIT {
    private static final String TASK = """
            {"resourceType":"Task","status":"requested","intent":"order","for":{"reference":"Patient/sm-1001"}%s}""";

    private final SandboxEhr ehr = new SandboxEhr("stmarys", null);

    @AfterAll
    void close() {
        ehr.close();
    }

    @Test
    void readsAListToItsEnd() {
        ToolResult<Page<FhirResource>> first =
                call(FhirTools.QUERY, query("Observation?patient=sm-1001&_count=4"), "k");
        var page = value(first);
        int rows = 0;
        for (int pages = 0; pages < 50; pages++) {
            rows += page.items().size();
            assertThat(page.items())
                    .allSatisfy(row -> assertThat(row.subject()).hasToString("stmarys/Patient/sm-1001"));
            if (page.nextOrNull() == null) {
                break;
            }
            page = value(ask(
                    FhirTools.QUERY,
                    query("Observation?patient=sm-1001&_count=4"),
                    context("k").at(page.nextOrNull())));
        }

        assertThat(page.complete()).isTrue();
        assertThat(rows).isGreaterThan(4);
    }

    @Test
    void writesChangesAndDeletesARecord() {
        ToolResult<FhirResource> first = call(FhirTools.WRITE, create(TASK.formatted("")), "w1");
        var created = value(first);
        assertThat(created.subject()).hasToString("stmarys/Patient/sm-1001");
        assertThat(reconcile(create(TASK.formatted("")), "w1")).hasValue(created);

        var replaced = value(change("update", created, TASK.formatted(",\"authoredOn\":\"2026-03-01\""), null, "w2"));
        assertThat(replaced.version()).isNotEqualTo(created.version());
        assertThat(replaced.resource().text()).contains("2026-03-01");

        assertThat(code(change("update", created, TASK.formatted(""), null, "w3")))
                .isEqualTo(ErrorCode.CONFLICT);

        var status = List.of(new Change("replace", "/status", "\"accepted\""));
        var patched = value(change("patch", replaced, null, status, "w4"));
        assertThat(patched.resource().text()).contains("\"accepted\"");

        assertThat(value(change("delete", patched, null, null, "w5")).ref()).isEqualTo(created.ref());
        ToolResult<Page<FhirResource>> gone =
                call(FhirTools.QUERY, query("Task/" + created.ref().id()), "k");
        assertThat(code(gone)).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void createsNothingTwiceUnderOneIdentifier() {
        var task = TASK.formatted(",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"7\"}]");
        var unless = new FhirWrite(
                "stmarys", "create", "Task", null, null, new FhirJson(task), null, "identifier=urn:x|7", null, null);

        ToolResult<FhirResource> first = call(FhirTools.WRITE, unless, "u1");
        ToolResult<FhirResource> second = call(FhirTools.WRITE, unless, "u2");

        assertThat(value(second).ref()).isEqualTo(value(first).ref());
        assertThat(((ToolResult.Ok<?>) second).warnings())
                .singleElement()
                .asString()
                .startsWith("Nothing was created");
    }

    @Test
    void writesSeveralRecordsThatPointAtEachOther() {
        var bundle = """
                {"resourceType":"Bundle","type":"transaction","entry":[
                 {"fullUrl":"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11","resource":{"resourceType":"Task","status":"requested",
                   "intent":"order","for":{"reference":"Patient/sm-1001"}},"request":{"method":"POST","url":"Task"}},
                 {"resource":{"resourceType":"Task","status":"requested","intent":"order",
                   "partOf":[{"reference":"urn:uuid:0b6ff8a5-5d0f-4d94-9d38-2a7b3e7d1f11"}]},
                  "request":{"method":"POST","url":"Task"}}]}""";

        ToolResult<FhirTransactionOutcome> done =
                call(FhirTools.TRANSACTION, new FhirTransaction("stmarys", new FhirJson(bundle), null, null), "t1");

        var entries = value(done).entries();
        assertThat(entries).extracting(FhirTransactionOutcome.Entry::status).containsExactly("201", "201");
        ToolResult<Page<FhirResource>> second =
                call(FhirTools.QUERY, query("Task/" + entries.getLast().ref().id()), "k");
        assertThat(value(second).items().getFirst().resource().text())
                .contains("\"reference\":\"Task/" + entries.getFirst().ref().id() + "\"");
    }

    private static FhirQuery query(String path) {
        return new FhirQuery("stmarys", path, null, null);
    }

    private static FhirWrite create(String resource) {
        return new FhirWrite("stmarys", "create", "Task", null, null, new FhirJson(resource), null, null, null, null);
    }

    private ToolResult<FhirResource> change(
            String operation, FhirResource seen, @Nullable String resource, @Nullable List<Change> patch, String key) {
        var json = resource == null ? null : new FhirJson(resource);
        return call(
                FhirTools.WRITE,
                new FhirWrite("stmarys", operation, null, seen.ref(), seen.version(), json, patch, null, null, null),
                key);
    }

    private <I extends Record, R extends Record> ToolResult<R> call(CanonicalTool<I, ?> tool, I input, String key) {
        return ask(tool, input, context(key));
    }

    private <I extends Record, R extends Record> ToolResult<R> ask(
            CanonicalTool<I, ?> tool, I input, CallContext context) {
        return Handlers.call(ehr.adapter(), tool, input, context);
    }

    private Optional<FhirResource> reconcile(FhirWrite input, String key) {
        return Handlers.reconcile(ehr.adapter(), FhirTools.WRITE, input, context(key));
    }

    private static CallContext context(String key) {
        return new CallContext(
                "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)), null, key);
    }

    private static <T extends Record> T value(ToolResult<T> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<T>) result).value();
    }

    private static ErrorCode code(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return ((ToolResult.Failed<?>) result).code();
    }
}
