package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Denial;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.MarkedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.Test;

/** What callers see of an EHR in which every field is filled. */
class ToolCallRouteFieldsTest {
    private static final Pattern MARK = Pattern.compile("MARK(\\.[A-Z]+)*");
    private static final Reference PATIENT = Reference.parse("alpha/Patient/sm-1001");
    private static final Caller DOCTOR = new Caller("dan", Set.of("doctor"));
    private static final Caller BOTH = new Caller("bob", Set.of("nurse", "doctor"));
    private static final Caller BOUND = bound(PATIENT);
    private static final List<CanonicalTool<?, ?>> READS = ToolCatalog.canonical().tools().stream()
            .filter(tool -> tool.risk() == Risk.READ)
            .toList();

    /** For random policies and callers: what is listed can be called, and no byte of an answer is of a withheld group. */
    @Test
    void noAnswerHoldsAFieldOutsideTheCallersGroups() throws Exception {
        var random = new Random(20261121);
        var seen = EnumSet.noneOf(FieldGroup.class);
        for (var round = 0; round < 8; round++) {
            var policy = randomPolicy(random);
            try (var hub = TestHub.of(MarkedEhr.of(PATIENT)).with(policy).start()) {
                Stream.of(TestHub.NURSE, DOCTOR, BOTH, BOUND)
                        .forEach(caller -> seen.addAll(assertHeld(hub, policy, caller)));
            }
        }
        assertThat(seen).as("what is allowed is shown").isEqualTo(EnumSet.allOf(FieldGroup.class));
    }

    @Test
    void theAnswerSaysWhichGroupsWereWithheld() throws Exception {
        try (var hub = start(grant(FieldGroup.DEMOGRAPHICS))) {
            var answer = hub.call("patient.get", "{'patient':'alpha/Patient/sm-1001'}");

            assertThat(answer.json().get("warnings").toString())
                    .contains("Withheld from you by policy: contact, identifiers.");
            assertThat(answer.text()).contains("MARK.DEMOGRAPHICS").doesNotContain("CONTACT", "IDENTIFIERS");
            assertThat(hub.call("fetch", "{'id':'alpha/Patient/sm-1001'}")
                            .json()
                            .get("warnings")
                            .toString())
                    .contains("clinical");
        }
    }

    @Test
    void aCompositeShowsNoMoreThanItsOwnRuleThoughItsStepsMay() throws Exception {
        var narrow = new Grant(
                1,
                on("nurse"),
                Set.of("fetch"),
                List.of(),
                Set.of(FieldGroup.DEMOGRAPHICS),
                false,
                Set.of(),
                ApprovalNeed.NONE);
        var wide = new Grant(
                2,
                on("nurse"),
                Set.of("patient.summary"),
                List.of(),
                Set.of(FieldGroup.values()),
                false,
                Set.of(),
                ApprovalNeed.NONE);
        try (var hub = start(narrow, wide)) {
            assertThat(hub.call("patient.summary", "{'patient':'alpha/Patient/sm-1001'}")
                            .text())
                    .contains("CLINICAL");
            assertThat(hub.call("fetch", "{'id':'alpha/Patient/sm-1001'}").text())
                    .contains("DEMOGRAPHICS")
                    .doesNotContain("CLINICAL", "CONTACT", "IDENTIFIERS");
        }
    }

    @Test
    void whoIsBoundToPatientsSeesNobodyElse() throws Exception {
        var other = bound(Reference.parse("alpha/Patient/other"));
        try (var hub = start(grant(FieldGroup.values()))) {
            for (var tool : READS) {
                var answer = hub.call(other, tool.name(), arguments(tool));
                assertThat(MARK.matcher(answer.text()).results().map(MatchResult::group))
                        .as(tool.name())
                        .allMatch(mark -> mark.equals("MARK"));
            }
            assertThat(code(hub.call(other, "patient.get", "{'patient':'alpha/Patient/sm-1001'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(other, "appointment.get", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("DENIED");
            var found = hub.call(other, "patient.search", "{'family':'Hill'}");
            assertThat(found.json().get("returned").intValue()).isZero();
            assertThat(found.json().get("warnings").toString()).contains("1 rows of other patients");
            assertThat(hub.call(BOUND, "patient.search", "{'family':'Hill'}").text())
                    .contains("MARK.DEMOGRAPHICS");
        }
    }

    @Test
    void whoIsBoundToPatientsWritesToNoRecordThatMayBeAnothers() throws Exception {
        var writes = Set.of("appointment.cancel", "task.create");
        try (var hub = TestHub.of(MarkedEhr.of(PATIENT))
                .with(new Policy(List.of(new Grant("nurse", "alpha", true, writes)), Set.of()))
                .start()) {
            assertThat(code(hub.call(BOUND, "appointment.cancel", "{'appointment':'alpha/Appointment/x'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(
                            BOUND,
                            "task.create",
                            "{'patient':'alpha/Patient/sm-1001','title':'t','about':'alpha/Observation/o'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(BOUND, "task.create", "{'patient':'alpha/Patient/other','title':'t'}")))
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(
                            BOUND,
                            "task.create",
                            "{'patient':'alpha/Patient/sm-1001','title':'t','owner':'alpha/Practitioner/p'}")))
                    .as("it may, and this EHR cannot")
                    .isEqualTo("UNSUPPORTED");
        }
    }

    private static Set<FieldGroup> assertHeld(TestHub hub, Policy policy, Caller caller) {
        var seen = EnumSet.noneOf(FieldGroup.class);
        var listed = hub.routes().toolsOf(caller);
        for (var tool : READS) {
            var answer = hub.call(caller, tool.name(), arguments(tool));
            var withheld = policy.decide(caller, tool, "alpha", Instant.now()).withheld();
            var marks = MARK.matcher(answer.text())
                    .results()
                    .map(MatchResult::group)
                    .collect(Collectors.joining(" "));
            for (var group : FieldGroup.values()) {
                if (withheld.contains(group)) {
                    assertThat(marks).as(caller + " " + tool.name()).doesNotContain(group.name());
                    assertThat(answer.text().toUpperCase(Locale.ROOT)).doesNotContain("MARK." + group.name());
                } else if (marks.contains(group.name())) {
                    seen.add(group);
                }
            }
            assertThat(listed.contains(tool))
                    .as(caller + " " + tool.name() + " " + answer.text())
                    .isEqualTo(!Set.of("DENIED", "UNSUPPORTED").contains(code(answer)));
        }
        return seen;
    }

    private static Policy randomPolicy(Random random) {
        var grants = new ArrayList<Grant>();
        var denials = new ArrayList<Denial>();
        for (var role : List.of("nurse", "doctor", "*")) {
            if (random.nextInt(4) > 0) {
                grants.add(new Grant(
                        1,
                        on(role),
                        some(random, 3),
                        List.of(),
                        groups(random),
                        random.nextInt(4) == 0,
                        Set.of(),
                        ApprovalNeed.NONE));
            }
            if (random.nextInt(3) == 0) {
                var fields = random.nextBoolean() ? Set.<FieldGroup>of() : groups(random);
                denials.add(new Denial(2, on(role), some(random, 1), fields, Set.of()));
            }
        }
        return new Policy(grants, denials, Set.of(), Set.of());
    }

    /** So many in four of the tools that read. */
    private static Set<String> some(Random random, int inFour) {
        return READS.stream()
                .map(CanonicalTool::name)
                .filter(name -> random.nextInt(4) < inFour)
                .collect(Collectors.toSet());
    }

    private static Set<FieldGroup> groups(Random random) {
        return Stream.of(FieldGroup.values())
                .filter(group -> random.nextBoolean())
                .collect(Collectors.toSet());
    }

    private static Condition on(String role) {
        return new Condition(Set.of(role), Set.of("alpha"), List.of());
    }

    private static Grant grant(FieldGroup... fields) {
        var names = READS.stream().map(CanonicalTool::name).collect(Collectors.toSet());
        return new Grant(1, on("nurse"), names, List.of(), Set.of(fields), false, Set.of(), ApprovalNeed.NONE);
    }

    private static TestHub start(Grant... grants) throws Exception {
        return TestHub.of(MarkedEhr.of(PATIENT))
                .with(new Policy(List.of(grants), Set.of()))
                .start();
    }

    private static Caller bound(Reference patient) {
        return new Caller("pat", Set.of("nurse"), null, null, Set.of(), Set.of(patient), null);
    }

    /** The example of the tool's contract, for this EHR. */
    private static String arguments(CanonicalTool<?, ?> tool) {
        return tool.example()
                .replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"alpha")
                .replace("{}", "{\"ehr\":\"alpha\"}");
    }
}
