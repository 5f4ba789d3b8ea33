package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.ScriptedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Provenance;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientMatch;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.Test;

/** Who may do what, as callers see it. */
class ToolCallRoutePolicyTest {
    private static final Caller DOCTOR = new Caller("dan", Set.of("doctor"));
    private static final Caller NOBODY = new Caller("eve", Set.of());
    private static final Set<String> REFUSED_OUTRIGHT = Set.of("DENIED", "UNSUPPORTED");

    private final FakeEhr alpha = ehr("alpha");
    private final FakeEhr beta = ehr("beta");
    /** An EHR that can search and nothing else. */
    private final EhrRegistry.Entry gamma = new ScriptedEhr(ToolHandlers.builder()
                    .onList(PatientTools.SEARCH, (input, call) -> nobody())
                    .build())
            .entry("gamma");

    @Test
    void nothingIsAllowedWithoutGrants() throws Exception {
        try (var hub = start(Policy.NOTHING)) {
            assertThat(hub.routes().toolsOf(TestHub.NURSE)).isEmpty();
            assertThat(ToolCatalog.canonical().tools())
                    .allMatch(tool -> code(hub.call(TestHub.NURSE, tool.name(), arguments(tool, "alpha", hub)))
                            .equals("DENIED"));
            assertThat(alpha.calls()).isEmpty();
        }
    }

    @Test
    void readsWithoutWrites() throws Exception {
        try (var hub = start(policy(new Grant("nurse", "alpha", true, Set.of())))) {
            assertThat(hub.call("patient.get", "{'patient':'alpha/Patient/a1'}").failed())
                    .isFalse();
            assertThat(code(hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("DENIED");
            assertThat(alpha.calls("appointment.cancel")).isZero();
            assertThat(code(hub.call("patient.get", "{'patient':'beta/Patient/a1'}")))
                    .isEqualTo("DENIED");
            assertThat(beta.calls()).isEmpty();
        }
    }

    @Test
    void onlyNamedWritesAndOnlyOfTheRole() throws Exception {
        try (var hub = start(policy(new Grant("nurse", "alpha", false, Set.of("appointment.cancel"))))) {
            assertThat(code(hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("NOT_FOUND");
            assertThat(code(hub.call(DOCTOR, "appointment.cancel", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call("patient.get", "{'patient':'alpha/Patient/a1'}")))
                    .isEqualTo("DENIED");
        }
    }

    @Test
    void aSearchAsksOnlyTheEhrsTheCallerMayRead() throws Exception {
        try (var hub = start(policy(new Grant("nurse", "beta", true, Set.of())))) {
            var answer = hub.call("patient.search", "{'family':'Hill'}");

            assertThat(answer.json().get("sources").findValuesAsString("ehr")).containsExactly("beta");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    /** Over a dozen random policies: what is listed is what is not refused outright, for every caller, tool and EHR. */
    @Test
    void whatIsListedIsWhatCanBeCalled() throws Exception {
        var random = new Random(20260302);
        for (var round = 0; round < 12; round++) {
            try (var hub = start(randomPolicy(random))) {
                Stream.of(TestHub.NURSE, DOCTOR, NOBODY).forEach(caller -> assertListedIsCallable(hub, caller));
            }
        }
    }

    @Test
    void aWriteThatPolicyWantsApprovedIsNotSent() throws Exception {
        var grant = new Grant("nurse", "alpha", true, Set.of("appointment.create", "appointment.cancel"));
        try (var hub = start(new Policy(List.of(grant), Set.of("appointment.cancel")))) {
            var answer = hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x'}");

            assertThat(code(answer)).isEqualTo("APPROVAL_REQUIRED");
            assertThat(alpha.calls("appointment.cancel")).isZero();
            assertThat(code(hub.call("appointment.cancel", "{'appointment':'alpha/Appointment/x','approvalId':'yes'}")))
                    .isEqualTo("INVALID_INPUT");
            assertThat(alpha.calls("appointment.cancel")).isZero();
            assertThat(hub.trail().records()).hasSize(2).first().satisfies(record -> {
                assertThat(record.outcome()).isEqualTo("APPROVAL_REQUIRED");
                assertThat(record.reference()).isEqualTo("alpha/Appointment/x");
            });
        }
    }

    @Test
    void aReadThatPolicyWantsApprovedIsNotLetThroughEither() throws Exception {
        var grant = new Grant("nurse", "alpha", true, Set.of());
        try (var hub = start(new Policy(List.of(grant), Set.of("patient.get")))) {
            assertThat(code(hub.call("patient.get", "{'patient':'alpha/Patient/a1'}")))
                    .isEqualTo("APPROVAL_REQUIRED");
            assertThat(alpha.calls()).isEmpty();
        }
    }

    private void assertListedIsCallable(TestHub hub, Caller caller) {
        var listed = hub.routes().toolsOf(caller);
        for (var tool : ToolCatalog.canonical().tools()) {
            var callable = Stream.of("alpha", "gamma")
                    .map(ehr -> code(hub.call(caller, tool.name(), arguments(tool, ehr, hub))))
                    .anyMatch(code -> !REFUSED_OUTRIGHT.contains(code));
            assertThat(listed.contains(tool)).as(caller + " " + tool.name()).isEqualTo(callable);
        }
    }

    private Policy randomPolicy(Random random) {
        var grants = new ArrayList<Grant>();
        for (var ehr : List.of("alpha", "gamma", "elsewhere")) {
            for (var role : List.of("nurse", "doctor", "*")) {
                if (random.nextInt(3) == 0) {
                    var writes = Set.of(random.nextBoolean() ? "appointment.create" : "appointment.cancel");
                    grants.add(new Grant(role, ehr, random.nextBoolean(), random.nextBoolean() ? writes : Set.of()));
                }
            }
        }
        return new Policy(grants, Set.of());
    }

    /** The example of the tool's contract, for another EHR. */
    private static String arguments(CanonicalTool<?, ?> tool, String ehr, TestHub hub) {
        return tool.example()
                .replaceAll("\"[a-z]+/slot/[^\"]*", "\"" + hub.slotRef(ehr, "slot-1"))
                .replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"" + ehr)
                .replace("{}", "{\"ehr\":\"" + ehr + "\"}");
    }

    private TestHub start(Policy policy) throws Exception {
        return TestHub.of(alpha.entry(), beta.entry(), gamma).with(policy).start();
    }

    private static Policy policy(Grant grant) {
        return new Policy(List.of(grant), Set.of());
    }

    private static FakeEhr ehr(String name) {
        return FakeEhr.named(name)
                .withPatient("a1", "Hill", "Ada", "1948-03-21")
                .withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 2);
    }

    private static ToolResult<Page<PatientMatch>> nobody() {
        return new ToolResult.Ok<>(Page.all(List.of()), new Provenance("gamma", Instant.EPOCH, null));
    }
}
