package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.sessions.JqwikSession;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.server.adversarial.StubServer.Answer;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random and mutated arguments for every tool: each ends in a result or a typed error, never in a fault of the hub, and
 * nothing reaches another host. How many is the system property {@code fuzz.tries}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EveryToolIT {
    private static final int TRIES = Integer.getInteger("fuzz.tries", 300);
    /** For the hub to call an EHR again that has failed several times, and for what it has noted of it to be forgotten. */
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(20);

    private static final long SEED = 20260302;
    private static final Pattern INSTANCE = Pattern.compile("GET /fhir/([A-Z][A-Za-z]+)/([A-Za-z0-9.-]{1,64})(\\?.*)?");
    private static final Pattern TYPE = Pattern.compile("[A-Z]+ /fhir/([A-Z][A-Za-z]+).*");
    private static final Set<String> CODES =
            Stream.of(ErrorCode.values()).map(Enum::name).collect(Collectors.toSet());

    private final StubServer ehr = new StubServer();
    private final StubServer canary = new StubServer();
    private final AtomicInteger turn = new AtomicInteger();
    private StubbedHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        ehr.answers(this::whatever);
        hub = StubbedHub.of(folder, Map.of("a", ehr.url("/fhir").toString()));
    }

    @AfterAll
    void stop() {
        assertThat(ehr.count()).as("calls that reached the EHR").isGreaterThan(TRIES);
        hub.close();
        ehr.close();
        canary.close();
    }

    static Stream<CanonicalTool<?, ?>> tools() {
        return ToolCatalog.canonical().tools().stream();
    }

    @ParameterizedTest
    @MethodSource("tools")
    void survivesWhateverItIsGiven(CanonicalTool<?, ?> tool) {
        JqwikSession.run(() -> tryHard(tool));
        assertThat(canary.targets()).isEmpty();
    }

    private void tryHard(CanonicalTool<?, ?> tool) {
        var arguments = new HostileArguments(
                tool, canary.url("/x").toString(), SEED + tool.name().hashCode());
        for (int i = 0; i < TRIES; i++) {
            var next = arguments.next();
            hub.pass(LONG_ENOUGH);
            var answer = hub.call(tool.name(), next);

            assertThat(holds(answer))
                    .as("%s %s -> %s", tool.name(), next, answer.text())
                    .isTrue();
        }
    }

    private static boolean holds(ToolAnswer answer) {
        var code = StubbedHub.code(answer);
        return answer.failed() ? CODES.contains(code) && !code.equals("INTERNAL") : code.isEmpty();
    }

    /** An EHR that mostly answers well, and sometimes in a way no EHR should. */
    private Answer whatever(String target) {
        return switch (turn.incrementAndGet() % 31) {
            case 3 -> new Answer(500, "no");
            case 7 -> new Answer(200, "<html>log in</html>");
            case 11 -> new Answer(200, "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}");
            case 13 -> new Answer(422, "{\"resourceType\":\"OperationOutcome\"}");
            case 17 ->
                new Answer(
                        200,
                        "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":{\"resourceType\":\"Basic\"}},{}]}");
            case 19 -> new Answer(200, "{}");
            default -> well(target);
        };
    }

    private static Answer well(String target) {
        var instance = INSTANCE.matcher(target);
        if (instance.matches()) {
            return new Answer(200, resource(instance.group(1), instance.group(2)));
        }
        var type = TYPE.matcher(target);
        var of = type.matches() ? type.group(1) : "Patient";
        return target.startsWith("GET") || target.contains("_search")
                ? new Answer(
                        200,
                        "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":9,\"entry\":[{\"resource\":"
                                + resource(of, "r1") + "}]}")
                : new Answer(201, resource(of, "r1"));
    }

    private static String resource(String type, String id) {
        return "{\"resourceType\":\"" + type + "\",\"id\":\"" + id + "\",\"meta\":{\"versionId\":\"1\"}}";
    }
}
