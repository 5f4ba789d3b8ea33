package org.ehrhub.fhir.resources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirResource;
import org.ehrhub.tools.fhir.FhirTools;
import org.ehrhub.tools.fhir.FhirWrite;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is sent for a single write, and what is said of it. */
class WritingIT {
    private static final String KEY = "{\"system\":\"urn:ehrhub:write-key\",\"value\":\"key0123456789\"}";
    private static final Reference TASK = Reference.parse("alpha/Task/t1");

    private final ScriptedEhr ehr = new ScriptedEhr(null);

    @AfterEach
    void close() {
        ehr.close();
    }

    @Test
    void createsOnceUnderTheKeyAndReadsBack() {
        ehr.server().answers(request -> switch (request.method()) {
            case "POST" ->
                new Answer(
                        201, "", ehr.server().url("/fhir/Basic/b1/_history/1").toString());
            default ->
                new Answer(
                        200,
                        basic("b1", "1", KEY)
                                .replaceFirst(
                                        "\\{",
                                        "{\"subject\":{\"reference\":\"Patient/p1\"},\"code\":{\"text\":\"x\"},"));
        });

        var done = ok(create("""
                {"resourceType":"Basic","subject":{"reference":"alpha/Patient/p1"},"code":{"text":"x"}}""", null));

        assertThat(done.value().ref()).isEqualTo(Reference.parse("alpha/Basic/b1"));
        assertThat(done.value().version()).isEqualTo("1");
        assertThat(done.warnings()).isEmpty();
        var sent = sent("POST");
        assertThat(sent.body()).contains(KEY, "\"reference\":\"Patient/p1\"").doesNotContain("\"text\":{");
        assertThat(sent.headers().get("if-none-exist")).endsWith("identifier=urn%3Aehrhub%3Awrite-key%7Ckey0123456789");
    }

    @Test
    void saysThatNothingWasCreatedWhereTheConditionFoundARecord() {
        ehr.server().answers(request -> switch (request.method()) {
            case "POST" ->
                new Answer(
                        200, "", ehr.server().url("/fhir/Basic/b7/_history/3").toString());
            default -> new Answer(200, basic("b7", "3", "{\"system\":\"urn:x\",\"value\":\"1\"}"));
        });

        var done = ok(create("{\"resourceType\":\"Basic\"}", "identifier=urn:x|1"));

        assertThat(done.warnings())
                .containsExactly("Nothing was created: there is a record with the identifier in `unless`.");
        assertThat(sent("POST").headers().get("if-none-exist")).endsWith("identifier=urn%3Ax%7C1");
    }

    @Test
    void doesNotTakeAStrangersRecordForItsOwn() {
        ehr.server().answers(request -> switch (request.method()) {
            case "POST" ->
                new Answer(200, "", ehr.server().url("/fhir/Basic/b8").toString());
            default -> new Answer(200, basic("b8", "3", "{\"system\":\"urn:x\",\"value\":\"2\"}"));
        });

        assertThat(code(() -> create("{\"resourceType\":\"Basic\"}", "identifier=urn:x|1")))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
    }

    @Test
    void findsAnEarlierCreateByItsKeyAndNoOther() {
        ehr.server().answers(request -> searchset(basic("b1", "1", KEY), basic("b2", "1", "{\"value\":\"other\"}")));
        assertThat(ehr.reconcile(FhirTools.WRITE, creation("{\"resourceType\":\"Basic\"}", null)))
                .hasValueSatisfying(found -> assertThat(found.ref()).hasToString("alpha/Basic/b1"));

        ehr.server().answers(request -> searchset(basic("b2", "1", "{\"value\":\"other\"}")));
        assertThat(ehr.reconcile(FhirTools.WRITE, creation("{\"resourceType\":\"Basic\"}", null)))
                .isEmpty();
    }

    @Test
    void sendsACreateOnceWhenItsFateIsUnknown() {
        ehr.server().answers(request -> new Answer(0, ""));

        assertThat(code(() -> create("{\"resourceType\":\"Basic\"}", null))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(ehr.server().requests()).hasSize(1);
    }

    @Test
    void replacesUnderTheVersionThatWasSeen() {
        ehr.server()
                .answers(request -> request.method().equals("GET")
                        ? new Answer(200, task(sentYet("PUT") ? "5" : "4", "p1", sentYet("PUT") ? KEY : null))
                        : new Answer(200, ""));

        var done = ok(write("update", "4", task("9", "p1", null), null));

        assertThat(done.value().version()).isEqualTo("5");
        assertThat(sent("PUT").ifMatch()).isEqualTo("W/\"4\"");
        assertThat(sent("PUT").body()).contains(KEY, "\"id\":\"t1\"");
    }

    @Test
    void changesNothingOfAnotherVersionOrForAnotherPatient() {
        ehr.server().answers(request -> new Answer(200, task("4", "p1", null)));

        assertThat(code(() -> write("update", "3", task("3", "p1", null), null)))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> write("delete", "3", null, null))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> write("patch", "3", null, List.of(new Change("remove", "/note", null)))))
                .isEqualTo(ErrorCode.CONFLICT);
        assertThat(code(() -> write("update", "4", task("4", "p2", null), null)))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(ehr.server().requests()).extracting(Request::method).containsOnly("GET");
    }

    @Test
    void patchesUnderTheVersionThatWasSeenAndLeavesItsKey() {
        ehr.server()
                .answers(request -> request.method().equals("GET")
                        ? new Answer(200, task(sentYet("PATCH") ? "5" : "4", "p1", sentYet("PATCH") ? KEY : null))
                        : new Answer(200, ""));

        var done = ok(write(
                "patch",
                "4",
                null,
                List.of(
                        new Change("test", "/status", "\"requested\""),
                        new Change(
                                "add",
                                "/restriction",
                                "{\"repetitions\":1,\"recipient\":[{\"reference\":\"alpha/Patient/p1\"}]}"))));

        assertThat(done.value().version()).isEqualTo("5");
        assertThat(sent("PATCH").ifMatch()).isEqualTo("W/\"4\"");
        assertThat(sent("PATCH").body()).isEqualTo("""
                [{"op":"test","path":"/status","value":"requested"},\
                {"op":"add","path":"/restriction","value":{"repetitions":1,"recipient":[{"reference":"Patient/p1"}]}},\
                {"op":"add","path":"/identifier","value":[%s]}]""".formatted(KEY));
    }

    @Test
    void deletesAndLooksThatItIsGone() {
        ehr.server()
                .answers(request -> request.method().equals("GET")
                        ? sentYet("DELETE") ? new Answer(410, "") : new Answer(200, task("4", "p1", null))
                        : new Answer(204, ""));

        var done = ok(write("delete", "4", null, null));

        assertThat(done.value().ref()).isEqualTo(TASK);
        assertThat(sent("DELETE").ifMatch()).isEqualTo("W/\"4\"");
        assertThat(ehr.reconcile(FhirTools.WRITE, change("delete", "4", null, null)))
                .hasValue(done.value());
    }

    @Test
    void doesNotCallARecordDeletedThatIsStillThere() {
        ehr.server()
                .answers(request ->
                        request.method().equals("GET") ? new Answer(200, task("4", "p1", null)) : new Answer(200, ""));

        assertThat(code(() -> write("delete", "4", null, null))).isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(ehr.reconcile(FhirTools.WRITE, change("delete", "4", null, null)))
                .isEmpty();
    }

    @Test
    void findsAnUpdateOfATypeWithoutRoomForKeysByWhatTheRecordHolds() {
        var form = Reference.parse("alpha/QuestionnaireResponse/q1");
        var answers = """
                {"resourceType":"QuestionnaireResponse","id":"q1","meta":{"versionId":"%s"},"status":"%s",
                 "identifier":{"value":"own"}}""";
        var update = new FhirWrite(
                "alpha",
                "update",
                null,
                form,
                "1",
                new FhirJson(answers.formatted("1", "amended")),
                null,
                null,
                null,
                null);

        ehr.server().answers(request -> new Answer(200, answers.formatted("2", "amended")));
        assertThat(ehr.reconcile(FhirTools.WRITE, update)).isPresent();
        ehr.server().answers(request -> new Answer(200, answers.formatted("1", "completed")));
        assertThat(ehr.reconcile(FhirTools.WRITE, update)).isEmpty();

        var patch = new FhirWrite(
                "alpha",
                "patch",
                null,
                form,
                "1",
                null,
                List.of(new Change("replace", "/status", "\"amended\"")),
                null,
                null,
                null);
        ehr.server().answers(request -> new Answer(200, answers.formatted("2", "amended")));
        assertThatThrownBy(() -> ehr.reconcile(FhirTools.WRITE, patch))
                .isInstanceOfSatisfying(
                        EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.OUTCOME_UNKNOWN));
    }

    private boolean sentYet(String method) {
        return ehr.server().requests().stream()
                .anyMatch(request -> request.method().equals(method));
    }

    private Request sent(String method) {
        assertThat(ehr.server().requests()).extracting(Request::method).containsOnlyOnce(method);
        return ehr.server().requests().stream()
                .filter(request -> request.method().equals(method))
                .findFirst()
                .orElseThrow();
    }

    private ToolResult<FhirResource> create(String resource, @Nullable String unless) {
        return ehr.call(FhirTools.WRITE, creation(resource, unless));
    }

    private static FhirWrite creation(String resource, @Nullable String unless) {
        return new FhirWrite("alpha", "create", "Basic", null, null, new FhirJson(resource), null, unless, null, null);
    }

    private ToolResult<FhirResource> write(
            String operation, String version, @Nullable String resource, @Nullable List<Change> patch) {
        return ehr.call(FhirTools.WRITE, change(operation, version, resource, patch));
    }

    private static FhirWrite change(
            String operation, String version, @Nullable String resource, @Nullable List<Change> patch) {
        var json = resource == null ? null : new FhirJson(resource);
        return new FhirWrite("alpha", operation, null, TASK, version, json, patch, null, null, null);
    }

    private static ToolResult.Ok<FhirResource> ok(ToolResult<FhirResource> result) {
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<FhirResource>) result;
    }

    private static @Nullable ErrorCode code(Supplier<ToolResult<?>> action) {
        return ScriptedEhr.code(action.get());
    }

    private static String basic(String id, String version, String identifier) {
        return "{\"resourceType\":\"Basic\",\"id\":\"%s\",\"meta\":{\"versionId\":\"%s\"},\"identifier\":[%s]}"
                .formatted(id, version, identifier);
    }

    private static String task(String version, String patient, @Nullable String identifier) {
        return """
                {"resourceType":"Task","id":"t1","meta":{"versionId":"%s"},"status":"requested","intent":"order",%s
                 "for":{"reference":"Patient/%s"}}""".formatted(version, identifier == null ? "" : "\"identifier\":[" + identifier + "],", patient);
    }

    private static Answer searchset(String... resources) {
        var entries =
                List.of(resources).stream().map("{\"resource\":%s}"::formatted).toList();
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + String.join(",", entries) + "]}");
    }
}
