package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.ScriptedServer;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.TraceContext;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.ListResource;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exchanges that handlers are built of. */
class FhirServerIT {
    private static final int MOST = 1000;
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"1\"}";

    private final ScriptedServer scripted = new ScriptedServer();
    private final CamelContext camel = new DefaultCamelContext();
    private final FhirServer server = new FhirServer(
            "alpha",
            new FhirR4Config(scripted.url("/fhir/")),
            new AdapterContext(camel, InstantSource.system()),
            ServerHabits.STANDARD);
    private final CallContext call = new CallContext(
            "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)));

    @BeforeEach
    void start() {
        camel.start();
    }

    @AfterEach
    void close() {
        server.close();
        camel.stop();
        scripted.close();
    }

    @Test
    void asksAnOperationThatChangesNothingWithGet() {
        scripted.answers(request -> new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"document\"}"));

        var answer = server.operation("Patient/1/$summary", null, false, Bundle.class, call);

        assertThat(answer.getType()).isEqualTo(Bundle.BundleType.DOCUMENT);
        assertThat(asked()).isEqualTo("GET /fhir/Patient/1/$summary");
    }

    @Test
    void tellsTheServerTheTraceAndTheAuditTrailHowItWasAsked() {
        var trace = TraceContext.read("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "a=b")
                .orElseThrow();
        var traced = call.traced(trace);
        scripted.answers(request -> request.method().equals("GET") ? new Answer(200, PATIENT) : new Answer(500, ""));

        server.read(Patient.class, "1", traced);
        assertThat(code(() -> server.operation("Claim/$submit", null, true, Bundle.class, traced)))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        assertThat(scripted.requests()).allSatisfy(request -> {
            assertThat(request.headers()).containsEntry("traceparent", trace.parent());
            assertThat(request.headers()).containsEntry("tracestate", "a=b");
        });
        assertThat(call.downstream().of("alpha")).containsExactly("GET 200", "POST 500");
    }

    @Test
    void sendsAnOperationItsResourceAsItIs() {
        scripted.answers(request -> new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"collection\"}"));
        var claim = new Bundle().setType(Bundle.BundleType.COLLECTION);

        server.operation("Claim/$submit", claim, true, Bundle.class, call);

        assertThat(asked()).isEqualTo("POST /fhir/Claim/$submit");
        assertThat(scripted.requests().getFirst().body())
                .isEqualTo("{\"resourceType\":\"Bundle\",\"type\":\"collection\"}");
        assertThat(scripted.requests().getFirst().headers().get("content-type")).startsWith("application/fhir+json");
    }

    @Test
    void doesNotKnowWhatBecameOfAnActionWithoutAnAnswer() {
        scripted.answers(request -> new Answer(0, ""));

        assertThat(code(() -> server.operation("Claim/$submit", null, true, Bundle.class, call)))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(call.downstream().of("alpha")).containsExactly("POST NONE");
        assertThat(scripted.requests()).hasSize(1);
        assertThat(code(() -> server.operation("Patient/1/$summary", null, false, Bundle.class, call)))
                .isEqualTo(ErrorCode.EHR_UNAVAILABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../$x", "Claim", "Claim/../$submit", "Claim/$submit#x", "Claim/$submit?a=b c", "//x/$y"})
    void takesNoPathThatIsNoOperation(String path) {
        assertThatThrownBy(() -> server.operation(path, null, false, Bundle.class, call))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "404, UNSUPPORTED",
        "501, UNSUPPORTED",
        "422, REJECTED_BY_EHR",
        "500, OUTCOME_UNKNOWN",
        "429, RATE_LIMITED"
    })
    void namesTheKindOfAnActionsFailure(int status, ErrorCode code) {
        scripted.answers(request -> new Answer(status, "Ada Hill"));

        assertThat(code(() -> server.operation("Claim/$submit", null, true, Bundle.class, call)))
                .isEqualTo(code);
    }

    @Test
    void patchesAndDeletesUnderAVersion() {
        scripted.answers(request -> new Answer(204, ""));

        server.patch("Task", "t1", "7", "[{\"op\":\"remove\",\"path\":\"/note\"}]", call);
        server.delete("Task", "t1", "7", call);
        server.delete("Task", "t2", null, call);

        assertThat(scripted.requests())
                .extracting(request -> request.method() + " " + request.target() + " " + request.ifMatch())
                .containsExactly(
                        "PATCH /fhir/Task/t1 W/\"7\"", "DELETE /fhir/Task/t1 W/\"7\"", "DELETE /fhir/Task/t2 null");
        assertThat(scripted.requests().getFirst().headers().get("content-type"))
                .startsWith("application/json-patch+json");
        assertThat(scripted.requests().getFirst().body()).isEqualTo("[{\"op\":\"remove\",\"path\":\"/note\"}]");
    }

    @Test
    void updatesUnderTheVersionOfTheRecordWhateverItsIdHolds() {
        scripted.answers(request -> new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}"));
        for (var id : List.of("Patient/p1/_history/3", "Patient/p1", "p1")) {
            var changed = new Patient();
            changed.setId(id);
            changed.getMeta().setVersionId("7");
            server.update(changed, call);
        }

        assertThat(scripted.requests())
                .extracting(request -> request.method() + " " + request.target() + " " + request.ifMatch())
                .containsOnly("PUT /fhir/Patient/p1 W/\"7\"")
                .hasSize(3);
    }

    @Test
    void readsAnyTypeOfFhirR4AndNoOther() {
        scripted.answers(request -> new Answer(200, "{\"resourceType\":\"List\",\"id\":\"l1\"}"));

        assertThat(server.readAny("List", "l1", call)).isInstanceOf(ListResource.class);
        assertThat(asked()).isEqualTo("GET /fhir/List/l1");
        for (var type : new String[] {"Robot", "patient", "Patient/1", "", "../admin"}) {
            assertThat(code(() -> server.readAny(type, "1", call))).isEqualTo(ErrorCode.INVALID_INPUT);
        }
        for (var id : new String[] {"", "..", "a/b", "a b", "x".repeat(65)}) {
            assertThat(code(() -> server.readAny("Patient", id, call))).isEqualTo(ErrorCode.INVALID_INPUT);
        }
    }

    @Test
    void givesADocumentBareOrOutOfItsWrapping() {
        scripted.answers(
                request -> new Answer(200, "Dear colleague").with("Content-Type", "Text/Plain; charset=UTF-8"));
        var bare = server.binary("b1", MOST, call);
        var data = Base64.getEncoder().encodeToString(new byte[MOST]);
        scripted.answers(request -> new Answer(
                200, "{\"resourceType\":\"Binary\",\"contentType\":\"application/pdf\",\"data\":\"" + data + "\"}"));
        var wrapped = server.binary("b2", MOST, call);

        assertThat(bare.bytes()).asString().isEqualTo("Dear colleague");
        assertThat(bare.type()).isEqualTo("text/plain");
        assertThat(bare.charset()).isEqualTo("utf-8");
        assertThat(wrapped.bytes()).hasSize(MOST);
        assertThat(wrapped.type()).isEqualTo("application/pdf");
        assertThat(code(() -> server.binary("b2", MOST - 1, call))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void postsWhatIsSearchedForWhereTheSettingsSaySo() {
        var page = "{\"resourceType\":\"Bundle\",\"entry\":[%s],\"link\":[{\"relation\":\"next\",\"url\":\""
                + scripted.url("/fhir?page=2") + "\"}]}";
        scripted.answers(request -> new Answer(
                200,
                page.formatted("{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"p"
                        + scripted.requests().size() + "\"}}")));
        var query = new Query<>(
                Patient.class,
                SearchUrl.of("Patient").text("family", "Hill & Moor"),
                (patient, included) -> Verdict.FITS,
                (patient, included) -> new Row(patient.getIdPart()));
        try (var posting = posting()) {
            var pages = new ResultPages(posting);
            var first = (ToolResult.Ok<Page<Row>>) pages.read(query, 1, call);
            pages.read(query, 1, call.at("0=0:1:/Patient?family=Hill"));

            assertThat(first.value().next())
                    .hasValueSatisfying(next -> assertThat(next).endsWith(":?page=2"));
            assertThat(scripted.requests())
                    .extracting(request -> request.method() + " " + request.target() + " " + request.body())
                    .containsExactly(
                            "POST /fhir/Patient/_search family=Hill%20%26%20Moor",
                            "POST /fhir/Patient/_search family=Hill");
            assertThat(scripted.requests().getFirst().headers().get("content-type"))
                    .startsWith("application/x-www-form-urlencoded");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 405, 501})
    void saysThatAServerTakesNoSearchesByPost(int status) {
        scripted.answers(request -> new Answer(status, ""));
        try (var posting = posting()) {
            assertThatThrownBy(() -> posting.search(SearchUrl.of("Patient").text("family", "Hill"), call))
                    .isInstanceOfSatisfying(
                            EhrFailure.class, e -> assertThat(e.result().hint()).contains("`search: get`"))
                    .hasMessage("The EHR takes no searches by POST.");
        }
    }

    private record Row(String id) {}

    private FhirServer posting() {
        var config = new FhirR4Config(
                scripted.url("/fhir"),
                null,
                null,
                null,
                null,
                null,
                FhirR4Config.Search.POST,
                null,
                List.of(),
                null,
                List.of(),
                null);
        return new FhirServer("beta", config, new AdapterContext(camel, InstantSource.system()), ServerHabits.STANDARD);
    }

    @Test
    void readsWhatACallerWroteStrictlyAndWithoutRepeatingIt() {
        assertThat(FhirServer.parse("{\"resourceType\":\"Patient\",\"id\":\"p1\"}"))
                .isInstanceOf(Patient.class);
        for (var text : new String[] {
            "",
            "Ada",
            "{}",
            "{\"resourceType\":\"Ada\"}",
            "{\"resourceType\":\"Patient\",\"Ada\":1}",
            "{\"resourceType\":\"Patient\",\"birthDate\":\"Ada\"}",
            "[".repeat(10_000),
            "{\"resourceType\":\"Basic\",\"extension\":[{\"url\":\"u\",\"valueDecimal\":1e999999999}]}"
        }) {
            assertThatThrownBy(() -> FhirServer.parse(text))
                    .isInstanceOfSatisfying(
                            EhrFailure.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_INPUT))
                    .hasMessageNotContaining("Ada");
        }
    }

    private String asked() {
        var request = scripted.requests().getLast();
        return request.method() + " " + request.target();
    }

    private static ErrorCode code(Runnable action) {
        try {
            action.run();
        } catch (EhrFailure e) {
            assertThat(String.valueOf(e.getMessage())).doesNotContain("Ada");
            return e.code();
        }
        throw new AssertionError("did not fail");
    }
}
