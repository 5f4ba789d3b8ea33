package org.ehrhub.server.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.mcp.LoginServer;
import org.ehrhub.server.soak.LossyDoor.Fate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two hubs with one store, one login server and one EHR: what callers see of the ledger, over the wire. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SharedStoreIT {
    private static final int AT_ONCE = 16;
    /** What would have an EHR do something, or might. */
    private static final List<String> ACTS = List.of(
            "Bot/b1/$execute",
            "Bot/$execute?identifier=x",
            "Agent/a1/$push",
            "Patient/sm-1001/$purge",
            "Patient/sm-1001/$expunge",
            "Patient/sm-1001/$meta-delete",
            "Patient/sm-1001/_history/1/$expunge",
            "Claim/$submit",
            "$reindex",
            "$graphql?query=x",
            "Patient/sm-1001?_method=DELETE",
            "Patient?_method=DELETE&identifier=x",
            "Patient/$merge");

    private final AtomicInteger marks = new AtomicInteger();
    private final List<LoggedInHub> hubs = new ArrayList<>();

    private LoginServer login;
    private EmbeddedPostgres postgres;
    private Sandbox sandbox;
    private LossyDoor ehr;
    private Path folder;
    private String agent;

    @BeforeAll
    void start(@TempDir Path temporary) throws Exception {
        folder = temporary;
        login = new LoginServer();
        postgres = EmbeddedPostgres.start();
        sandbox = Sandbox.start(0, Clock.systemUTC());
        ehr = new LossyDoor(sandbox.baseUrl("stmarys"));
        Files.writeString(folder.resolve("password"), "postgres");
        keys("payload.keys", 1);
        hubs.add(hub("one", "[task.create]"));
        hubs.add(hub("two", "[task.create]"));
        agent = login.clientToken("ehrhub.read ehrhub.write", LoggedInHub.RESOURCE);
    }

    private void keys(String name, int number) throws Exception {
        var key = new byte[32];
        Arrays.fill(key, (byte) number);
        Files.writeString(
                Files.createFile(
                        folder.resolve(name),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                Base64.getEncoder().encodeToString(key));
    }

    private LoggedInHub hub(String name, String writes) throws Exception {
        return hub(name, writes, "payload.keys");
    }

    private LoggedInHub hub(String name, String writes, String keys) throws Exception {
        var store =
                "store: {url: \"jdbc:postgresql://127.0.0.1:%d/postgres\", user: postgres, password: \"file:%s\", keys: %s}"
                        .formatted(postgres.getPort(), folder.resolve("password"), folder.resolve(keys));
        var configuration = LoggedInHub.configuration(store, login.issuer(), ehr.url());
        return LoggedInHub.start(folder.resolve(name), configuration, writes);
    }

    @AfterAll
    void stop() throws Exception {
        hubs.forEach(LoggedInHub::close);
        ehr.close();
        sandbox.close();
        postgres.close();
        login.close();
    }

    @BeforeEach
    void behave() {
        ehr.fates(() -> Fate.ANSWERED);
    }

    private String mark() {
        return "shared-%03d-".formatted(marks.incrementAndGet());
    }

    private static ObjectNode task(String title, String key) {
        return JsonMapper.shared()
                .createObjectNode()
                .put("patient", "stmarys/Patient/sm-1001")
                .put("title", title)
                .put("idempotencyKey", key);
    }

    private Agent.Answer call(int hub, String token, ObjectNode arguments) throws Exception {
        try (var client = new Agent(hubs.get(hub).mcp(), token)) {
            return client.call("task.create", arguments);
        }
    }

    private static String task(Agent.Answer answer) {
        assertThat(answer.failed()).as(answer.text()).isFalse();
        var task = Pattern.compile("stmarys/Task/[A-Za-z0-9.-]+").matcher(answer.text());
        assertThat(task.find()).as(answer.text()).isTrue();
        return task.group();
    }

    @Test
    void aWriteThatIsAskedForSixteenTimesAtOnceIsSentOnce() throws Exception {
        var mark = mark();
        ehr.fates(() -> Fate.LATE);
        List<Agent.Answer> answers;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, AT_ONCE)
                    .<Callable<Agent.Answer>>mapToObj(i -> () -> call(i % 2, agent, task(mark, "at-once")))
                    .toList();
            answers = threads.invokeAll(calls).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }
        assertThat(ehr.taken(mark)).isEqualTo(1);
        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.code()).isIn("", "CONFLICT"))
                .anySatisfy(answer -> assertThat(answer.failed()).isFalse());
        assertThat(answers.stream().filter(Agent.Answer::failed))
                .allSatisfy(answer -> assertThat(answer.text()).contains("still running"));
        var record = task(call(0, agent, task(mark, "at-once")));
        assertThat(task(call(1, agent, task(mark, "at-once")))).isEqualTo(record);
        assertThat(ehr.taken(mark)).isEqualTo(1);
    }

    @Test
    void theSameKeyWithOtherArgumentsIsRefusedOnEveryHubAndNothingIsSent() throws Exception {
        task(call(0, agent, task(mark(), "other-arguments")));
        var other = mark();
        for (var hub = 0; hub < 2; hub++) {
            var refused = call(hub, agent, task(other, "other-arguments"));
            assertThat(refused.code()).isEqualTo("CONFLICT");
            assertThat(refused.text()).contains("other arguments");
        }
        assertThat(ehr.taken(other)).isZero();
    }

    @Test
    void aKeyIsOfTheOneWhoUsesIt() throws Exception {
        var mark = mark();
        var clinician = login.userTokens("ehrhub.read ehrhub.write", LoggedInHub.RESOURCE)
                .path("access_token")
                .asString();
        var first = task(call(0, agent, task(mark, "one-key")));
        assertThat(task(call(1, clinician, task(mark, "one-key")))).isNotEqualTo(first);
        assertThat(ehr.taken(mark)).isEqualTo(2);
    }

    @Test
    void aWriteIsAnsweredAgainByAHubThatWasStoppedAndStarted() throws Exception {
        var mark = mark();
        var record = task(call(0, agent, task(mark, "restart")));
        hubs.set(0, hubs.getFirst().again());
        var again = call(0, agent, task(mark, "restart"));
        assertThat(task(again)).isEqualTo(record);
        assertThat(again.text()).contains("nothing was written again");
        assertThat(ehr.taken(mark)).isEqualTo(1);
    }

    @Test
    void aWriteWhoseAnswerWasLostIsFoundAndOneThatWasNotMadeIsLookedForBeforeItIsSentAgain() throws Exception {
        var lost = mark();
        ehr.fates(() -> Fate.CUT);
        task(call(0, agent, task(lost, "lost")));
        assertThat(ehr.taken(lost)).isEqualTo(1);

        var undone = mark();
        ehr.fates(() -> Fate.UNDONE);
        assertThat(call(0, agent, task(undone, "undone")).code()).isEqualTo("OUTCOME_UNKNOWN");
        ehr.fates(() -> Fate.ANSWERED);
        var before = ehr.asked().size();
        task(call(1, agent, task(undone, "undone")));
        var asked = ehr.asked().subList(before, ehr.asked().size());
        assertThat(asked.stream()
                        .filter(request -> request.contains("write-key") || request.startsWith("POST "))
                        .map(request -> request.replaceAll(" .*", ""))
                        .limit(2))
                .as("the first look and the first write of %s", asked)
                .containsExactly("GET", "POST");
        assertThat(asked)
                .filteredOn(request -> request.startsWith("POST "))
                .containsExactly("POST /stmarys/fhir/Task", "POST /stmarys/fhir/Provenance");
        assertThat(ehr.taken(undone)).isEqualTo(1);
    }

    @Test
    void aHubThatCannotReadWhatTheOthersEncryptDoesNotStart() throws Exception {
        keys("other.keys", 2);
        assertThatThrownBy(() -> hub("three", "[task.create]", "other.keys").close())
                .rootCause()
                .hasMessageContaining("of this database encrypts under the key")
                .hasMessageContaining("other.keys");
    }

    @Test
    void aReadOnlyHubListsNoWriteAndLetsNoReadActAsOne() throws Exception {
        var writes = ehr.writes();
        try (var hub = hub("reads", "[]");
                var client = new Agent(hub.mcp(), agent)) {
            assertThat(client.tools())
                    .contains("fhir_query", "patient_get")
                    .doesNotContain("referral_submit", "task_create", "appointment_create");
            var referral = JsonMapper.shared().createObjectNode().put("order", "stmarys/ServiceRequest/sr-1");
            assertThat(client.call("referral.submit", referral).code()).isIn("DENIED", "INVALID_INPUT");
            assertThat(client.call("task.create", task(mark(), "denied")).code())
                    .isEqualTo("DENIED");
            for (var path : ACTS) {
                var query = JsonMapper.shared()
                        .createObjectNode()
                        .put("ehr", "stmarys")
                        .put("path", path);
                assertThat(client.call("fhir.query", query).failed()).as(path).isTrue();
            }
            var batch = JsonMapper.shared().createObjectNode().put("ehr", "stmarys");
            batch.putArray("batch").addObject().put("method", "DELETE").put("url", "Patient/sm-1001");
            assertThat(client.call("fhir.query", batch).code()).isEqualTo("INVALID_INPUT");
        }
        assertThat(ehr.writes()).isEqualTo(writes);
        assertThat(ehr.asked()).noneMatch(request -> request.contains("$"));
    }
}
