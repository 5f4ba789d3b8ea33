package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.ehrhub.server.adversarial.StubServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A caller who may only read, whatever is called in whatever form: nothing reaches the EHR but reads, searches, operations
 * that the settings call reads and the queries that they hold.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadOnlyIT {
    private static final long SEED = 20260407;
    private static final int PATHS = 3000;
    private static final int TRIES = Integer.getInteger("fuzz.tries", 300) / 10;
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);
    private static final String TYPE = "/fhir/[A-Z][A-Za-z]+";
    private static final String ID = "/[A-Za-z0-9.-]{1,64}";

    /** Everything that may reach the EHR. */
    private static final Pattern READS = Pattern.compile("GET %1$s(%2$s)?(\\?.*)?".formatted(TYPE, ID)
            + "|GET /fhir/Patient(%s)?/\\$everything(\\?.*)?".formatted(ID)
            + "|GET /fhir/(CodeSystem|ConceptMap|ValueSet)/\\$[a-z-]+(\\?.*)?"
            + "|GET /fhir/Patient%s/\\$summary(\\?.*)?".formatted(ID)
            + "|POST /fhir/\\$graphql");

    private static final List<String> STARTS = List.of(
            "", "/", "../", "//evil.example/", "https://evil.example/fhir/", "a/", "Patient/p1/", "$batch/", "%2e%2e/");
    private static final List<String> PLACES = List.of(
            "Patient",
            "Patient/p1",
            "Patient/..",
            "Observation/o1",
            "Bot",
            "Bot/b1",
            "Agent/a1",
            "Appointment/p1",
            "Claim",
            "ClientApplication/c1",
            "Subscription/s1",
            "");
    private static final List<String> ACTS = List.of(
            "",
            "/$everything",
            "/$renew",
            "/$execute",
            "/$execute/webhook",
            "/%24execute",
            "/$EXECUTE",
            "/$deploy",
            "/$push",
            "/$expunge",
            "/$reindex",
            "/$resend",
            "/$merge",
            "/$everything/$execute",
            "/$everything/../$execute",
            "/_history",
            "/_search",
            "$graphql",
            "$graphql/chart",
            "$graphql/delete",
            "/$graphql/chart",
            "$export",
            "$reindex");
    private static final List<String> QUERIES = List.of(
            "",
            "?",
            "?patient=p1",
            "?_count=5",
            "?code=1&patient=p1",
            "?_method=DELETE",
            "?_type=Bot",
            "?persist=true",
            "?query=mutation{PatientDelete(id:\"p1\"){id}}",
            "?patient=p1&query=mutation%7Bx%7D",
            "?patient=p1&operationName=Delete",
            "?identifier=a%7Cb",
            "?url=https://evil.example/$execute",
            "#/$execute",
            "?a=1%0d%0aPOST%20/fhir/Bot/b1/$execute");

    private final StubServer ehr = new StubServer();
    private StubbedHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        ehr.answersInOpenCharts(target -> new Answer(
                200,
                target.contains("$graphql")
                        ? "{\"data\":{\"Patient\":{\"id\":\"p1\"}}}"
                        : "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
        hub = StubbedHub.reading(folder, ehr.url("/fhir").toString(), """
                    operations:
                      - {path: Patient/$everything, reads: true}
                      - {path: Patient/$renew}
                      - {path: Patient/$merge, reads: false}
                    graphql:
                      - name: chart
                        query: 'query Chart($patient: ID!) { Patient(id: $patient) { id } }'
                """);
    }

    @AfterAll
    void stop() {
        hub.close();
        ehr.close();
    }

    @Test
    void queriesInWhateverFormOnlyRead() {
        var random = new Random(SEED);
        for (int i = 0; i < PATHS; i++) {
            query(one(STARTS, random) + one(PLACES, random) + one(ACTS, random) + one(QUERIES, random));
        }
        var done = List.of("Patient/p1", "Patient/p1/$everything?_type=Goal", "$graphql/chart?patient=p1");
        done.forEach(this::query);

        assertThat(ehr.targets()).allMatch(target -> READS.matcher(target).matches());
        assertThat(ehr.targets())
                .as("what is allowed is done")
                .anyMatch(target -> target.startsWith("GET /fhir/Patient/p1/$everything"))
                .contains("POST /fhir/$graphql", "GET /fhir/Patient/p1");
    }

    static Stream<CanonicalTool<?, ?>> tools() {
        return ToolCatalog.canonical().tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void noToolWithWhateverArgumentsDoesMoreThanRead(CanonicalTool<?, ?> tool) {
        ehr.forget();
        JqwikSession.run(() -> {
            var arguments = new HostileArguments(
                    tool, "https://evil.example/x", SEED + tool.name().hashCode());
            for (int i = 0; i < TRIES; i++) {
                hub.pass(LONG_ENOUGH);
                hub.call(tool.name(), arguments.next());
            }
        });

        assertThat(ehr.targets()).allMatch(target -> READS.matcher(target).matches());
        if (tool.risk() != Risk.READ) {
            assertThat(ehr.targets()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("batches")
    void noBatchOrOperationIsSent(String tool, String arguments) {
        ehr.forget();

        assertThat(hub.call(tool, arguments).failed()).isTrue();

        assertThat(ehr.targets()).isEmpty();
    }

    static Stream<Arguments> batches() {
        return Stream.of("batch", "transaction")
                .flatMap(kind -> Stream.of("GET", "POST")
                        .flatMap(method -> Stream.of("Bot/b1/$execute", "Agent/a1/$push", "Patient/p1", "$graphql")
                                .map(url -> Arguments.of("fhir.transaction", bundle(kind, method, url)))));
    }

    private static String bundle(String kind, String method, String url) {
        return "{'ehr':'a','bundle':{'resourceType':'Bundle','type':'%s','entry':[{'request':{'method':'%s','url':'%s'}}]}}"
                .formatted(kind, method, url);
    }

    private void query(String path) {
        hub.pass(LONG_ENOUGH);
        hub.call(
                "fhir.query", StubbedHub.JSON.createObjectNode().put("ehr", "a").put("path", path));
    }

    private static String one(List<String> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
