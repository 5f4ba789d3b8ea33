package org.ehrhub.server.adversarial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.server.adversarial.StubbedHub.code;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a caller may try that must come to nothing: refused with a typed error, nothing sent to anybody, nothing echoed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileCallersIT {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String MARK = "evil.example";

    private final StubServer ehr = new StubServer();
    private final StubServer canary = new StubServer();
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private StubbedHub hub;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        hub = StubbedHub.of(folder, Map.of("a", ehr.url("/fhir").toString()));
        log.start();
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    }

    @AfterAll
    void stop() {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).detachAppender(log);
        hub.close();
        ehr.close();
        canary.close();
    }

    @AfterEach
    void nothingOfItIsLogged() {
        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(line -> Stream.of(MARK, "foreign.example", "DROP", "<script>", "X-Evil")
                        .anyMatch(line::contains));
    }

    @BeforeEach
    void forget() {
        ehr.forget();
        ehr.answers(target -> new StubServer.Answer(200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}"));
    }

    @ParameterizedTest
    @MethodSource("org.ehrhub.server.adversarial.HostilePaths#all")
    void aPathThatIsNoPlainReadOrSearchGoesNowhere(String path) {
        var answer = hub.call("fhir.query", JSON.objectNode().put("ehr", "a").put("path", path));

        // A question mark with nothing behind it is a search of nothing in particular in some dialects; here it is
        // refused.
        assertThat(code(answer)).as(path).isIn("INVALID_INPUT", "UNSUPPORTED", "DENIED");
        assertThat(answer.text()).doesNotContain(MARK).doesNotContain("X-Evil");
        assertThat(ehr.targets()).as(path).isEmpty();
        assertThat(canary.targets()).isEmpty();
    }

    @SuppressWarnings("MethodLength") // a list
    static Stream<JsonNode> ids() {
        var texts = Stream.of(
                        "",
                        "a".repeat(65),
                        "a".repeat(5000),
                        "..",
                        ".",
                        "a\\b",
                        "abc def",
                        "abc#frag",
                        "abc?x=1",
                        "abc%2Fdef",
                        "abc%2e%2e",
                        "a\nb",
                        "a\rb",
                        "a\tb",
                        "a\u0000b",
                        "\u202eabc",
                        "\u200babc",
                        "\uff21bc",
                        "\u0430bc",
                        "_history",
                        "123/_history/1",
                        "$everything",
                        "_search",
                        "https://evil.example/1",
                        "1,2",
                        "1|2",
                        "1;2",
                        "1&2",
                        "1=2",
                        "1*2",
                        "'1'",
                        "\"1\"",
                        "{1}",
                        "<script>",
                        "\ud83d\ude00",
                        "\ud83d")
                .map(id -> "a/Patient/" + id)
                .map(JSON::stringNode);
        var others = Stream.of(
                "",
                "a",
                "a/Patient",
                "/Patient/1",
                "a//1",
                "a/patient/1",
                "a/Patient/1/2",
                "A/Patient/1",
                "a b/Patient/1",
                "a/Practitioner/1",
                "a/Patient/1\n",
                " a/Patient/1",
                "https://evil.example/Patient/1",
                "Patient/1",
                "1");
        return Stream.of(
                        texts,
                        others.map(JSON::stringNode),
                        Stream.<JsonNode>of(
                                JSON.nullNode(),
                                JSON.numberNode(123),
                                JSON.booleanNode(true),
                                JSON.arrayNode().add("a/Patient/1"),
                                JSON.objectNode().put("id", "a/Patient/1")))
                .flatMap(each -> each);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void anIdThatIsNoneIsNeitherSearchedForNorSent(JsonNode id) {
        for (var tool : List.of("patient.get", "lab.list", "patient.summary", "appointment.list", "document.search")) {
            var answer = hub.call(tool, JSON.objectNode().set("patient", id));

            assertThat(code(answer)).as(tool + " " + id).isEqualTo("INVALID_INPUT");
            assertThat(answer.text()).doesNotContain(MARK).doesNotContain("<script>");
            assertThat(ehr.targets()).as(tool + " " + id).isEmpty();
        }
    }

    static Stream<JsonNode> notPaths() {
        return Stream.of(
                JSON.nullNode(),
                JSON.numberNode(123),
                JSON.booleanNode(true),
                JSON.arrayNode().add("Patient/1"),
                JSON.objectNode().put("path", "Patient/1"));
    }

    @ParameterizedTest
    @MethodSource("notPaths")
    void aPathThatIsNoTextIsNoPath(JsonNode path) {
        var answer = hub.call("fhir.query", JSON.objectNode().put("ehr", "a").set("path", path));

        assertThat(code(answer)).isEqualTo("INVALID_INPUT");
        assertThat(code(hub.call("fhir.query", "{'ehr':'a','resourceType':'Patient'}")))
                .isEqualTo("INVALID_INPUT");
        assertThat(ehr.targets()).isEmpty();
    }

    @Test
    void noToolTakesAnAddressOrACredentialOrAnythingElseItDoesNotName() {
        for (var extra : List.of(
                "'fhirBaseUrl':'https://evil.example','accessToken':'x'",
                "'url':'https://evil.example'",
                "'headers':{'Authorization':'x'}",
                "'batch':[{'method':'GET','url':'Patient/1'},{'method':'DELETE','url':'Patient/1'}]",
                "'patientId':'p1'",
                "'__proto__':{}",
                "'class':'java.lang.Runtime'",
                "'@type':'java.lang.Runtime'")) {
            var answer = hub.call("patient.get", "{'patient':'a/Patient/1'," + extra + "}");

            assertThat(code(answer)).as(extra).isEqualTo("INVALID_INPUT");
            assertThat(answer.text()).doesNotContain(MARK);
        }
        assertThat(ehr.targets()).isEmpty();
    }

    @Test
    void saysWhichArgumentIsWrong() {
        assertThat(hub.call("appointment.list", "{'patient':'a/Patient/1','from':'2026-13-45'}")
                        .text())
                .contains("`from`");
        assertThat(hub.call("lab.list", "{'patient':'a/Patient/1','to':'2026-02-30T00:00:00Z'}")
                        .text())
                .contains("`to`");
        assertThat(code(hub.call("lab.list", "{'patient':'nope/Patient/1'}"))).isEqualTo("INVALID_INPUT");
        assertThat(hub.call("lab.list", "{'patient':'nope/Patient/1'}").text()).contains("ehr.list");
        assertThat(ehr.targets()).isEmpty();
    }

    @Test
    void aCommaOfACallerNeverMeansOr() {
        hub.call("patient.search", "{'ehr':'a','family':'Smith,Jones'}");

        assertThat(ehr.targets()).allSatisfy(target -> assertThat(target).contains("Smith%5C%2CJones"));
    }

    @ParameterizedTest
    @MethodSource("cursors")
    void aCursorThatIsNoneIsRefused(JsonNode cursor) {
        var arguments = JSON.objectNode().put("patient", "a/Patient/p1").set("cursor", cursor);
        var answer = hub.call("lab.list", arguments);

        assertThat(code(answer)).as(cursor.toString()).isEqualTo("INVALID_INPUT");
        assertThat(answer.text())
                .contains("cursor")
                .doesNotContain("foreign.example")
                .doesNotContain("DROP");
        assertThat(ehr.targets()).isEmpty();
    }

    static Stream<JsonNode> cursors() {
        return Stream.of(
                JSON.stringNode(""),
                JSON.stringNode(" "),
                JSON.stringNode("\t"),
                JSON.stringNode("\n"),
                JSON.stringNode("https://foreign.example/x"),
                JSON.stringNode("<script>"),
                JSON.stringNode("abc;DROP"),
                JSON.stringNode("abc/def"),
                JSON.stringNode("abc?page=1"),
                JSON.stringNode("../.."),
                JSON.stringNode("A".repeat(3999)),
                JSON.stringNode("A".repeat(5000)),
                JSON.stringNode("0"),
                JSON.stringNode("eyJhIjp7ImN1cnNvciI6IjA6L1BhdGllbnQifX0"),
                JSON.arrayNode(),
                JSON.objectNode(),
                JSON.numberNode(1),
                JSON.booleanNode(true));
    }

    @Test
    void aCursorIsOfOneCallerAndOneSetOfArguments() {
        ehr.answersInOpenCharts(HostileCallersIT::endlessLabs);
        var cursor = hub.call("lab.list", "{'patient':'a/Patient/p1','limit':2}")
                .json()
                .get("cursor")
                .stringValue();
        ehr.forget();

        var others = List.of(
                hub.call(StubbedHub.EVE, "lab.list", "{'patient':'a/Patient/p1','limit':2,'cursor':'" + cursor + "'}"),
                hub.call("lab.list", "{'patient':'a/Patient/p2','limit':2,'cursor':'" + cursor + "'}"),
                hub.call("lab.list", "{'patient':'a/Patient/p1','limit':3,'cursor':'" + cursor + "'}"),
                hub.call("vital.list", "{'patient':'a/Patient/p1','limit':2,'cursor':'" + cursor + "'}"),
                hub.call("lab.list", "{'patient':'a/Patient/p1','limit':2,'cursor':'" + cursor.substring(1) + "'}"));
        assertThat(others).allSatisfy(answer -> assertThat(code(answer)).isEqualTo("INVALID_INPUT"));
        assertThat(ehr.targets()).isEmpty();
        assertThat(hub.call("lab.list", "{'patient':'a/Patient/p1','limit':2,'cursor':'" + cursor + "'}")
                        .failed())
                .isFalse();
    }

    private static StubServer.Answer endlessLabs(String target) {
        var rows = Stream.of(1, 2, 3).map(i -> """
                        {"resource":{"resourceType":"Observation","id":"o%d","status":"final",
                         "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category",
                           "code":"laboratory"}]}],
                         "code":{"text":"Test"},"subject":{"reference":"Patient/p1"},"valueString":"x"}}""".formatted(i)).toList();
        return new StubServer.Answer(
                200, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + String.join(",", rows) + "]}");
    }

    @Test
    void aWriteOfOneRecordNeverTouchesAnother() {
        var answer =
                hub.call("patient.update", "{'patient':'a/Patient/p1','observation':'a/Observation/o1','phone':'1'}");

        assertThat(code(answer)).isEqualTo("INVALID_INPUT");
        assertThat(code(hub.call("task.update", "{'task':'a/Patient/p1','status':'completed'}")))
                .isEqualTo("INVALID_INPUT");
        assertThat(ehr.targets()).isEmpty();
    }
}
