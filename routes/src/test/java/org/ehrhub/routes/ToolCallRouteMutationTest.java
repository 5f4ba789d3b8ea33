package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A call that differs from the approved one in anything at all is not made. */
class ToolCallRouteMutationTest {
    private static final long SEED = 20_261_121;
    private static final int MUTATIONS = 1000;
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> WRITES = Set.of("patient.update", "patient.create", "appointment.cancel");
    private static final Caller ANN =
            new Caller("ann", Set.of("nurse"), "https://login.example", "desk", Set.of(), Set.of(), null);

    private final FakeEhr alpha = FakeEhr.named("alpha")
            .withPatient("a1", "Hill", "Ada", "1948-03-21")
            .withPatient("a2", "Hill", "Ada", "1948-03-21");
    private final FakeEhr beta = FakeEhr.named("beta").withPatient("a1", "Hill", "Ada", "1948-03-21");
    private final Random random = new Random(SEED);
    private final TestHub hub = start();
    private int made;

    /** What is called, and by whom. */
    private record Called(Caller caller, String tool, ObjectNode arguments) {
        Called with(ObjectNode other) {
            return new Called(caller, tool, other);
        }

        Called by(Caller other) {
            return new Called(other, tool, arguments);
        }

        Called of(String other) {
            return new Called(caller, other, arguments);
        }
    }

    private TestHub start() {
        try {
            var grants = List.of(new Grant("nurse", "alpha", true, WRITES), new Grant("nurse", "beta", true, WRITES));
            return TestHub.of(alpha.entry(), beta.entry())
                    .with(new Policy(grants, WRITES))
                    .start();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    @Test
    void aThousandRandomMutationsOfAnApprovedCallAreRefused() {
        var kinds = new TreeMap<String, Integer>();
        for (var i = 0; i < MUTATIONS; i++) {
            var approved = approved(i);
            var kind = List.of(
                            "argument",
                            "argument",
                            "argument",
                            "patient",
                            "ehr",
                            "tool",
                            "version",
                            "principal",
                            "client")
                    .get(random.nextInt(9));
            kinds.merge(kind, 1, Integer::sum);
            var mutated = mutated(kind, approved);
            var before = writes();

            var answer = call(mutated);

            assertThat(answer.failed()).as("%d %s %s", i, kind, mutated).isTrue();
            assertThat(code(answer)).as("%d %s", i, kind).isIn("CONFLICT", "INVALID_INPUT", "NOT_FOUND");
            assertThat(writes()).as("%d %s", i, kind).isEqualTo(before);
            if (i % 10 == 0 && !kind.equals("version")) {
                assertThat(call(approved).failed()).as("unchanged, it is made").isFalse();
                made++;
            }
        }
        assertThat(kinds).hasSize(7);
        assertThat(made).isGreaterThan(50);
    }

    private ToolAnswer call(Called called) {
        return hub.call(called.caller(), called.tool(), called.arguments().toString());
    }

    private long writes() {
        return alpha.calls().stream().filter(one -> WRITES.contains(one.tool())).count()
                + beta.calls().stream()
                        .filter(one -> WRITES.contains(one.tool()))
                        .count();
    }

    private Called approved(int i) {
        var arguments = (ObjectNode) JSON.readTree("""
                {"patient":"alpha/Patient/a1","family":"Hill-Grant","given":["Ada","Mary"],"birthDate":"1948-03-22",\
                "gender":"female","email":"ada@example.org","language":"en","active":true,\
                "address":{"lines":["2 High Street"],"city":"Springfield","postalCode":"01101"}}""");
        arguments.put("phone", "+1 555 " + i);
        if (random.nextBoolean()) {
            arguments.put("idempotencyKey", "key-" + i);
        }
        var call = new Called(ANN, "patient.update", arguments);
        var asked = call(call);
        assertThat(code(asked)).as(asked.text()).isEqualTo("APPROVAL_REQUIRED");
        var id = asked.json().get("error").get("approval").get("approvalId").stringValue();
        hub.approvals().approve(id, "https://login.example|bea");
        return call.with(arguments.deepCopy().put("approvalId", id));
    }

    private Called mutated(String kind, Called call) {
        return switch (kind) {
            case "patient" -> call.with(call.arguments().deepCopy().put("patient", "alpha/Patient/a2"));
            case "ehr" -> call.with(call.arguments().deepCopy().put("patient", "beta/Patient/a1"));
            case "tool" -> otherTool(call);
            case "version" -> changed(call);
            case "principal" ->
                call.by(new Caller(
                        random.nextBoolean() ? "bob" : "ann",
                        ANN.roles(),
                        random.nextBoolean() ? "https://other.example" : null,
                        "desk",
                        Set.of(),
                        Set.of(),
                        null));
            case "client" ->
                call.by(new Caller(
                        "ann",
                        ANN.roles(),
                        ANN.issuer(),
                        random.nextBoolean() ? "desk2" : null,
                        Set.of(),
                        Set.of(),
                        null));
            default -> call.with(argument(call.arguments()));
        };
    }

    private Called otherTool(Called call) {
        var id = call.arguments().get("approvalId").stringValue();
        if (random.nextBoolean()) {
            return new Called(
                    ANN,
                    "appointment.cancel",
                    JSON.createObjectNode()
                            .put("appointment", "alpha/Appointment/x")
                            .put("approvalId", id));
        }
        var other = call.arguments().deepCopy();
        other.remove(List.of("patient", "active"));
        return call.with(other.put("ehr", "alpha")).of("patient.create");
    }

    /** Somebody else changes the record, with an approval of their own. */
    private Called changed(Called call) {
        var other = (ObjectNode) JSON.readTree("{\"patient\":\"alpha/Patient/a1\"}");
        other.put("email", "m" + random.nextInt() + "@example.org");
        var asked = hub.call(ANN, "patient.update", other.toString());
        var id = asked.json().get("error").get("approval").get("approvalId").stringValue();
        hub.approvals().approve(id, "https://login.example|bea");
        assertThat(hub.call(ANN, "patient.update", other.put("approvalId", id).toString())
                        .failed())
                .isFalse();
        return call;
    }

    private ObjectNode argument(ObjectNode arguments) {
        var mutated = arguments.deepCopy();
        var names = List.of(
                "family", "birthDate", "gender", "email", "language", "active", "phone", "given", "address", "version");
        while (mutated.equals(arguments)) {
            var name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> mutated.remove(name);
                case 1 -> address(mutated);
                default -> replace(mutated, name);
            }
        }
        return mutated;
    }

    private void address(ObjectNode arguments) {
        var address = arguments.path("address").asObjectOpt().orElse(JSON.createObjectNode());
        var part = List.of("city", "postalCode", "state").get(random.nextInt(3));
        arguments.set(
                "address", address.deepCopy().put(part, text(address.path(part).asString(""))));
    }

    private void replace(ObjectNode arguments, String name) {
        var fixed = Map.of(
                "birthDate", "194%d-03-2%d".formatted(random.nextInt(10), random.nextInt(9)),
                "gender", List.of("male", "other", "unknown").get(random.nextInt(3)),
                "version", "v" + random.nextInt());
        switch (name) {
            case "active" -> arguments.put(name, false);
            case "given" -> arguments.putArray(name).add(text("Ada"));
            case "address" -> address(arguments);
            default ->
                arguments.put(
                        name, fixed.getOrDefault(name, text(arguments.path(name).asString("x"))));
        }
    }

    /** Another text, perhaps one that looks the same. */
    private String text(String before) {
        var at = random.nextInt(before.length() + 1);
        var inserted =
                List.of("a", "1", "\u200b", "\u202e", " x", "\u0430", "'").get(random.nextInt(7));
        return before.substring(0, at) + inserted + before.substring(at);
    }
}
