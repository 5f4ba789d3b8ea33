package org.ehrhub.fhir.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.ScriptedServer;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.client.Needs.Need;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Patient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a product's layer may say of its servers, around each exchange. */
class ServerHabitsIT {
    private static final String PATIENT =
            "{\"resourceType\":\"Patient\",\"id\":\"1\",\"meta\":{\"versionId\":\"7\"},\"gender\":\"female\"}";
    private static final String OUTCOME = "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"invalid\"}]}";

    private final ScriptedServer scripted = new ScriptedServer();
    private final CamelContext camel = new DefaultCamelContext();
    private final Habits habits = new Habits();
    private final FhirServer server = new FhirServer(
            "alpha",
            new FhirR4Config(scripted.url("/fhir")),
            new AdapterContext(camel, InstantSource.system()),
            habits);
    private final CallContext call = new CallContext(
            "call-1", new Caller("test", Set.of()), Instant.now().plus(Duration.ofSeconds(20)), null, "key0123456789");

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
    void putTheirHeadersOnEveryRequestOfACall() {
        scripted.answers(request -> new Answer(200, PATIENT));

        server.read(Patient.class, "1", call);
        server.patch("Patient", "1", "7", "[]", call);
        server.ask(OwnRequest.get(scripted.url("/own"), "application/json").with("X-For", "somebody"), call);

        assertThat(scripted.requests())
                .hasSize(3)
                .allSatisfy(request -> assertThat(request.headers()).containsEntry("x-for", "Practitioner/9"));
    }

    @Test
    void learnWhatIsAskedBeforeItIsSentAndHowItWasAnswered() {
        scripted.answers(request ->
                new Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}").with("Left", "41"));
        var bundle = new Bundle().setType(Bundle.BundleType.TRANSACTION);
        bundle.addEntry().getRequest().setMethod(HTTPVerb.DELETE).setUrl("Patient/1");

        server.transaction(bundle, call);
        server.operation("Patient/1/$summary", null, false, Bundle.class, call);

        assertThat(habits.told).hasSize(6).containsAll(List.of("TRANSACTION 1", "200 [41]", "over"));
        assertThat(habits.told.get(3)).isEqualTo("OPERATION " + scripted.url("/fhir/Patient/1/$summary"));
    }

    @Test
    void learnThatNoAnswerCame() {
        scripted.answers(request -> new Answer(0, ""));

        assertThat(code(() -> server.operation("Claim/$submit", null, true, Bundle.class, call)))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);
        assertThat(code(() -> server.transaction(new Bundle().setType(Bundle.BundleType.TRANSACTION), call)))
                .isEqualTo(ErrorCode.OUTCOME_UNKNOWN);

        assertThat(habits.told.stream().filter("over"::equals)).hasSize(2);
        assertThat(habits.told).noneMatch(told -> told.matches("\\d.*"));
    }

    @Test
    void keepARequestFromBeingSent() {
        habits.full = true;

        assertThat(code(() -> server.read(Patient.class, "1", call))).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(code(() -> server.delete("Patient", "1", "7", call))).isEqualTo(ErrorCode.RATE_LIMITED);

        assertThat(scripted.requests()).isEmpty();
    }

    @Test
    void sayWhatARefusalMeans() {
        scripted.answers(request -> new Answer(400, OUTCOME).with("Why", "name"));

        assertThat(code(() -> server.read(Patient.class, "1", call))).isEqualTo(ErrorCode.DENIED);
        assertThat(code(() -> server.delete("Patient", "1", "7", call))).isEqualTo(ErrorCode.DENIED);
        assertThat(code(() -> server.ask(OwnRequest.get(scripted.url("/own"), "*/*"), call)))
                .isEqualTo(ErrorCode.DENIED);
    }

    @Test
    void cleanWhatIsJson() {
        scripted.answers(request -> new Answer(200, PATIENT));

        assertThat(server.read(Patient.class, "1", call).getGender().toCode()).isEqualTo("unknown");
        var own = server.ask(OwnRequest.get(scripted.url("/own"), "*/*"), call);
        assertThat(new String(own.content().bytes(), StandardCharsets.UTF_8)).contains("unknown");
    }

    @Test
    void haveAPatchTestTheVersionItself() {
        scripted.answers(request -> new Answer(200, PATIENT));

        server.patch("Patient", "1", "7", "[{\"op\":\"remove\",\"path\":\"/gender\"}]", call);

        assertThat(scripted.requests()).singleElement().satisfies(request -> {
            assertThat(request.headers()).doesNotContainKey("if-match");
            assertThat(request.body())
                    .isEqualTo("[{\"op\":\"test\",\"path\":\"/meta/versionId\",\"value\":\"7\"},"
                            + "{\"op\":\"remove\",\"path\":\"/gender\"}]");
        });
    }

    @Test
    void knowTheServersLinksByItsOwnName() {
        scripted.answers(request -> request.target().contains("page=2")
                ? page("")
                : page("http://inside.example/own/fhir/Patient?page=2&x=1"));

        var listed = list();

        assertThat(listed.truncated()).isFalse();
        assertThat(scripted.requests()).hasSize(2);
        assertThat(scripted.requests().getLast().target()).isEqualTo("/fhir/Patient?page=2&x=1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://inside.example/other/Patient?page=2",
                "http://elsewhere.example/own/fhir/Patient?page=2",
                "http://inside.example/own/fhir/../admin?page=2"
            })
    void followNoOtherLinkForThat(String link) {
        scripted.answers(request -> page(link));

        assertThat(list().truncated()).isTrue();
        assertThat(scripted.requests()).hasSize(1);
    }

    @Test
    void addWhatMustBeSaidOfAList() {
        scripted.answers(request -> page(""));

        assertThat(list().warnings()).containsExactly("Some Patient rows are hidden.");
    }

    @Test
    void overruleAStatementThatNamesNextToNoOperation() {
        scripted.answers(request -> new Answer(
                200,
                "{\"resourceType\":\"CapabilityStatement\",\"rest\":[{\"mode\":\"server\",\"resource\":[{\"type\":\"Group\","
                        + "\"interaction\":[{\"code\":\"read\"}],\"operation\":[{\"name\":\"export\"}]}]}]}"));
        var known = server.capabilities();
        known.learn(Duration.ofSeconds(10));

        assertThat(known.unmet(new Need("Patient", "$summary"))).isEmpty();
        assertThat(known.unmet(new Need("Patient", "read"))).isPresent();
    }

    @Test
    void nobodysCallPassesForTheHubsOwn() {
        assertThat(OwnCalls.is(OwnCalls.of("probe", Instant.MAX))).isTrue();
        assertThat(OwnCalls.is(new CallContext("probe", new Caller("ehr-hub", Set.of()), Instant.MAX)))
                .isFalse();
        assertThat(OwnCalls.is(new CallContext("hub:probe", new Caller("ada", Set.of()), Instant.MAX)))
                .isFalse();
    }

    private Page<Caller> list() {
        var query = new Query<Patient, Caller>(
                Patient.class,
                SearchUrl.of("Patient"),
                (row, included) -> Verdict.FITS,
                (row, included) -> new Caller("row", Set.of()));
        var result = new ResultPages(server).read(query, 10, call);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<Page<Caller>>) result).value();
    }

    private static Answer page(String next) {
        var link = next.isEmpty() ? "" : "\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}],";
        return new Answer(
                200,
                "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"," + link + "\"entry\":[{\"resource\":"
                        + PATIENT.replace("\"1\"", next.isEmpty() ? "\"2\"" : "\"1\"") + "}]}");
    }

    private static ErrorCode code(Runnable work) {
        try {
            work.run();
        } catch (EhrFailure e) {
            return e.code();
        }
        throw new AssertionError("It did not fail");
    }

    /** Habits that tell on what they hear. */
    private static final class Habits implements ServerHabits {
        private final List<String> told = new ArrayList<>();
        private boolean full;

        @Override
        public Map<String, String> headers(CallContext call) {
            return Map.of("X-For", "Practitioner/9");
        }

        @Override
        public Pass admit(Demand demand, Instant deadline) {
            if (full) {
                throw new EhrFailure(ErrorCode.RATE_LIMITED, "Full.", "Later.");
            }
            var bundle = demand.bundle();
            told.add(demand.kind() + " "
                    + (bundle == null ? demand.address() : bundle.getEntry().size()));
            return new Pass() {
                @Override
                public void answered(int status, Function<String, List<String>> header) {
                    told.add(status + " " + header.apply("left"));
                }

                @Override
                public void over() {
                    told.add("over");
                }
            };
        }

        @Override
        public byte[] cleaned(byte[] json) {
            return new String(json, StandardCharsets.UTF_8)
                    .replace("female", "unknown")
                    .getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public Optional<EhrFailure> refusal(Refusal refusal) {
            var why = refusal.header().apply("Why");
            return refusal.sent().containsKey("X-For") && refusal.outcome().isPresent() && why.contains("name")
                    ? Optional.of(new EhrFailure(ErrorCode.DENIED, "Not you.", "Ask."))
                    : Optional.empty();
        }

        @Override
        public List<String> remarks(String type, CallContext call) {
            return List.of("Some " + type + " rows are hidden.");
        }

        @Override
        public boolean namesOperations() {
            return false;
        }

        @Override
        public boolean patchesByVersion() {
            return false;
        }

        @Override
        public Optional<URI> ownBase() {
            return Optional.of(URI.create("http://inside.example/own/fhir"));
        }
    }
}
