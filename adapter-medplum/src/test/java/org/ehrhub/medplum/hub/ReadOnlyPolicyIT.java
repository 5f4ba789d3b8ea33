package org.ehrhub.medplum.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.stub.GraphQl;
import org.ehrhub.medplum.stub.Heard;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/**
 * Pitfalls 4, 11 and 15: under a policy that lets a caller read and no more, no sequence of reads, batches, GraphQL and
 * operations changes what Medplum holds, runs a bot or sends a message, although the settings allow all of it.
 */
class ReadOnlyPolicyIT {
    private static final long SEED = 20261122;
    private static final int SEQUENCES = 20;
    private static final int LONGEST = 60;
    private static final List<String> ACTS = List.of(
            "$execute",
            "$execute?mode=create",
            "$deploy",
            "$push",
            "$expunge",
            "$reindex",
            "$everything",
            "$bulk-status");

    @TempDir
    Path folder;

    private final HubOnMedplum.Behind behind = HubOnMedplum.Behind.start();
    private final String patient = behind.stub().clinic().patient("Reader", "Rita");

    @AfterEach
    void close() {
        behind.close();
    }

    @Test
    void noSequenceOfCallsChangesAnythingOrRunsABot() throws Exception {
        var calls = calls();
        try (var hub = behind.hub(folder)) {
            hub.read("patient.get", patientOnly()); // logs in, which leaves nothing behind but a token
            var before = behind.stub().everything();
            for (int sequence = 0; sequence < SEQUENCES; sequence++) {
                var random = new Random(SEED + sequence);
                for (int left = 1 + random.nextInt(LONGEST); left > 0; left--) {
                    calls.get(random.nextInt(calls.size())).make(hub, random);
                }
                nothingHappened(before, "sequence of seed " + (SEED + sequence));
            }
        }
        assertThat(behind.stub().heard())
                .as("what may be read is read")
                .anyMatch(heard -> heard.is("GET /fhir/R4/" + patient) && heard.status() == 200)
                .anyMatch(heard -> heard.is("GET /fhir/R4/" + patient + "/$everything") && heard.status() == 200)
                .anyMatch(heard -> heard.is("POST /fhir/R4/$graphql") && heard.status() == 200);
    }

    private void nothingHappened(List<String> before, String sequence) {
        assertThat(behind.stub().bots().runs()).as(sequence).isEmpty();
        assertThat(behind.lab().messages()).as(sequence).isEmpty();
        assertThat(behind.stub().graphQl().ran())
                .as(sequence)
                .extracting(GraphQl.Ran::mutation)
                .doesNotContain(true);
        assertThat(behind.stub().heard())
                .as(sequence)
                .filteredOn(heard -> !heard.asked().method().equals("GET"))
                .extracting(heard -> heard.asked().line())
                .isSubsetOf("POST /oauth2/token", "POST /fhir/R4/$graphql");
        assertThat(behind.stub().heard())
                .as(sequence)
                .extracting(Heard::asked)
                .noneMatch(
                        asked -> asked.path().contains("/Bot") || asked.path().contains("/Agent"));
        assertThat(behind.stub().everything()).as(sequence).isEqualTo(before);
    }

    /** One call with arguments of chance. */
    @FunctionalInterface
    private interface Call {
        void make(HubOnMedplum hub, Random random);
    }

    private List<Call> calls() {
        var calls = new ArrayList<Call>();
        calls.add(call("patient.get", random -> patientOnly()));
        calls.add(call("fhir.query", this::query));
        calls.add(call("fhir.query", random -> path(patient + "/$everything")));
        calls.add(call("fhir.query", random -> path("$graphql/chart?patient=" + patient)));
        calls.add(call("fhir.transaction", this::bundle));
        calls.add(call("fhir.operation", this::operation));
        calls.add(call("bot.execute", random -> node("{'bot':'medplum/Bot/nightly','input':{'mode':'create'}}")));
        ToolCatalog.canonical().tools().stream()
                .filter(tool -> tool.risk() != Risk.READ)
                .map(tool -> call(tool.name(), random -> example(tool)))
                .forEach(calls::add);
        return calls;
    }

    private static Call call(String tool, Function<Random, ObjectNode> arguments) {
        return (hub, random) -> hub.read(tool, arguments.apply(random));
    }

    private ObjectNode query(Random random) {
        var places = List.of("Bot/" + behind.bot(), "Bot", "Agent/a1", "Agent", patient, "Patient", "");
        var act = one(ACTS, random);
        return path(one(places, random) + "/" + (random.nextBoolean() ? act : act.replace("$", "%24")));
    }

    private ObjectNode bundle(Random random) {
        var entries = IntStream.rangeClosed(0, random.nextInt(3))
                .mapToObj(number -> "{'request':{'method':'%s','url':'%s'},'resource':{'resourceType':'Patient'}}"
                        .formatted(
                                one(List.of("GET", "POST", "PUT", "PATCH", "DELETE"), random),
                                one(
                                        List.of(patient, "Patient", "Bot/" + behind.bot() + "/$execute", "$graphql"),
                                        random)))
                .toList();
        return node("{'ehr':'medplum','bundle':{'resourceType':'Bundle','type':'%s','entry':%s}}"
                .formatted(one(List.of("batch", "transaction"), random), entries));
    }

    private ObjectNode operation(Random random) {
        var operation = one(List.of("Patient/$everything", "Patient/$renew", "Bot/$execute", "Agent/$push"), random);
        return operation.startsWith("Patient") && random.nextBoolean()
                ? node("{'ehr':'medplum','operation':'%s','record':'medplum/%s'}".formatted(operation, patient))
                : node("{'ehr':'medplum','operation':'%s'}".formatted(operation));
    }

    /** What the tool's own example asks, of this EHR and this patient. */
    private ObjectNode example(CanonicalTool<?, ?> tool) {
        var describe = Objects.requireNonNull(tool.input().getAnnotation(Describe.class));
        return (ObjectNode) HubOnMedplum.JSON.readTree(describe.example()
                .replaceAll("\"ehr\":\"[a-z]+\"", "\"ehr\":\"medplum\"")
                .replaceAll("\"[a-z]+/Patient/[^\"]+\"", "\"medplum/" + patient + "\"")
                .replaceAll("\"[a-z]+/([A-Z][A-Za-z]+/)", "\"medplum/$1"));
    }

    private ObjectNode patientOnly() {
        return node("{'patient':'medplum/%s'}".formatted(patient));
    }

    private static ObjectNode path(String path) {
        return HubOnMedplum.JSON.createObjectNode().put("ehr", MedplumEhr.NAME).put("path", path);
    }

    private static ObjectNode node(String json) {
        return (ObjectNode) HubOnMedplum.JSON.readTree(json.replace('\'', '"'));
    }

    private static <T> T one(List<T> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }
}
