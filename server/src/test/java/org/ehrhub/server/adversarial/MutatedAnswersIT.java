package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.adversarial.StubServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * An EHR that answers every read as a good one does, but for a piece or three that are missing, doubled or wrong: each call
 * ends in a result or in a failure that is not the hub's and that does not blame the caller.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MutatedAnswersIT {
    /** Fewer than of arguments: each asks a server, or several times. */
    private static final int TRIES = Integer.getInteger("fuzz.tries", 300) / 5;

    private static final int BREAKS_ONE_IN = 3;

    /** So many that none fails often enough to be left alone. */
    private static final int EHRS = 10;

    private final StubServer ehr = new StubServer();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Answer> good = new ConcurrentHashMap<>();
    private volatile @Nullable MutatedJson mutation;
    private Sandbox sandbox;
    private StubbedHub hub;
    private String appointment;
    private int turn;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        sandbox = Sandbox.start(0, Clock.systemUTC());
        ehr.answers(this::answer);
        var ehrs = new HashMap<String, String>();
        for (int i = 0; i < EHRS; i++) {
            ehrs.put("s" + i, ehr.url("/fhir").toString());
        }
        hub = StubbedHub.of(folder, ehrs);
        var booked = hub.call("appointment.list", "{'patient':'s0/Patient/sm-1001'}")
                .json()
                .get("items");
        appointment = booked.get(0).get("appointment").stringValue().substring("s0/".length());
    }

    @AfterAll
    void stop() {
        hub.close();
        sandbox.close();
        ehr.close();
        http.close();
    }

    static Stream<CanonicalTool<?, ?>> tools() {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> tool.risk() == Risk.READ && !tool.name().matches("(hl7v2|approval)\\..*"));
    }

    @ParameterizedTest
    @MethodSource("tools")
    void survivesWhateverAnEhrGetsWrong(CanonicalTool<?, ?> tool) {
        for (int i = 0; i < TRIES; i++) {
            long seed = tool.name().hashCode() + 7919L * i;
            mutation = i % BREAKS_ONE_IN == 0 ? new MutatedJson(new Random(seed)) : null;

            var answer = hub.call(tool.name(), StubbedHub.JSON.readTree(arguments(tool)));

            assertThat(StubbedHub.code(answer))
                    .as("%s, seed %d: %s", tool.name(), seed, answer.text())
                    .isNotIn("INTERNAL", "INVALID_INPUT");
        }
    }

    private String arguments(CanonicalTool<?, ?> tool) {
        var example = tool.name().equals("fhir.query")
                ? "{\"ehr\":\"stmarys\",\"path\":\"Observation?patient=sm-1001\"}"
                : tool.example().replaceAll("stmarys/Appointment/[a-z0-9-]+", "stmarys/" + appointment);
        return example.replace("stmarys", "s" + turn++ % EHRS);
    }

    private Answer answer(String target) {
        var answer = good.computeIfAbsent(target, this::asked);
        var wrong = mutation;
        return wrong == null || answer.status() != 200 ? answer : new Answer(200, wrong.of(answer.body()));
    }

    private Answer asked(String target) {
        var base = sandbox.baseUrl("stmarys").toString();
        var place = target.substring(target.indexOf("/fhir") + "/fhir".length());
        try {
            var request = HttpRequest.newBuilder(URI.create(base + place)).build();
            var answer = http.send(request, BodyHandlers.ofString());
            return new Answer(
                    answer.statusCode(),
                    answer.body().replace(base, ehr.url("/fhir").toString()));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
