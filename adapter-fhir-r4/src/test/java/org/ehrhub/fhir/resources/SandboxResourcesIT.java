package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
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
        var created = value(write("create", null, null, TASK.formatted(""), null, "w1"));
        assertThat(created.subject()).hasToString("stmarys/Patient/sm-1001");
        assertThat(reconcile(create(TASK.formatted("")), "w1")).hasValue(created);

        var record = created.ref();
        var replaced = value(write(
                "update", record, created.version(), TASK.formatted(",\"authoredOn\":\"2026-03-01\""), null, "w2"));
        assertThat(replaced.version()).isNotEqualTo(created.version());
        assertThat(replaced.resource().text()).contains("2026-03-01");

        assertThat(code(write("update", record, created.version(), TASK.formatted(""), null, "w3")))
                .isEqualTo(ErrorCode.CONFLICT);

        var patched = value(write(
                "patch",
                record,
                replaced.version(),
                null,
                List.of(new Change("replace", "/status", "\"accepted\"")),
                "w4"));
        assertThat(patched.resource().text()).contains("\"accepted\"");

        assertThat(value(write("delete", record, patched.version(), null, null, "w5"))
                        .ref())
                .isEqualTo(record);
        ToolResult<Page<FhirResource>> gone = call(FhirTools.QUERY, query("Task/" + record.id()), "k");
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

    private ToolResult<FhirResource> write(
            String operation,
            @Nullable Reference record,
            @Nullable String version,
            @Nullable String resource,
            @Nullable List<Change> patch,
            String key) {
        var json = resource == null ? null : new FhirJson(resource);
        var type = operation.equals("create") ? "Task" : null;
        return call(
                FhirTools.WRITE,
                new FhirWrite("stmarys", operation, type, record, version, json, patch, null, null, null),
                key);
    }

    private <I extends Record, R extends Record> ToolResult<R> call(CanonicalTool<I, ?> tool, I input, String key) {
        return ask(tool, input, context(key));
    }

    @SuppressWarnings("unchecked")
    private <I extends Record, R extends Record> ToolResult<R> ask(
            CanonicalTool<I, ?> tool, I input, CallContext context) {
        var handler = (ToolHandler<I, R>)
                ehr.adapter().handlers().find(tool.name()).orElseThrow().handler();
        try {
            return handler.handle(input, context);
        } catch (EhrFailure e) {
            return e.result();
        }
    }

    @SuppressWarnings("unchecked")
    private java.util.Optional<FhirResource> reconcile(FhirWrite input, String key) {
        var handler = (WriteHandler<FhirWrite, FhirResource>)
                ehr.adapter().handlers().find("fhir.write").orElseThrow().handler();
        return handler.reconcile(input, key, context(key));
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
