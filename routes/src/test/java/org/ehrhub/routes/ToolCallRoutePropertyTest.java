package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess.Consent;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.policy.BreakGlass;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Denial;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Emergency;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** For random policies and callers, of an EHR in which every field is marked: what policy does not show is in no byte. */
class ToolCallRoutePropertyTest {
    private static final Pattern MARK = Pattern.compile("(MARK|FOREIGN|HIDDEN_[A-Z_]+[A-Z])((?:\\.[A-Z]+)*)");
    private static final List<CanonicalTool<?, ?>> READS = ToolCatalog.canonical().tools().stream()
            .filter(tool -> tool.risk() == Risk.READ)
            .toList();
    private static final List<Reference> PATIENTS = List.of(GuardedEhr.OPEN, GuardedEhr.CLOSED, GuardedEhr.OTHER);

    private static final Limits ROOMY = new Limits(Duration.ofSeconds(20), 64, 0, 1024 * 1024);

    private final Set<String> seen = new TreeSet<>();

    static Stream<Long> seeds() {
        return Stream.iterate(20261121L, seed -> seed + 1).limit(10);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noByteOfAnAnswerIsOutsideWhatPolicyShows(long seed) throws Exception {
        var random = new Random(seed);
        var policy = policy(random);
        var ehr = new GuardedEhr();
        ehr.consents(one(random, Consent.values()));
        try (var hub = TestHub.of(ehr.entry()).with(policy).with(ROOMY).start()) {
            for (var i = 0; i < 4; i++) {
                var caller = caller(random);
                for (var tool : READS) {
                    assertHeld(hub, policy, caller, tool, one(random, PATIENTS.toArray(Reference[]::new)));
                }
                assertListed(hub, caller);
            }
        }
        assertThat(seen).as("what is allowed is shown").isNotEmpty();
    }

    private void assertHeld(TestHub hub, Policy policy, Caller caller, CanonicalTool<?, ?> tool, Reference patient) {
        var before = hub.trail().records().size();
        var answer = hub.call(caller, tool.name(), arguments(tool, patient));
        var decision = policy.decide(caller, tool, "alpha", Instant.now());
        var what = caller.subject() + caller.patients() + " " + tool.name() + " " + patient + " " + answer.text();
        MARK.matcher(answer.text()).results().forEach(mark -> {
            seen.add(mark.group(1));
            assertThat(decision.allowed()).as(what).isTrue();
            groups(mark.group(2))
                    .forEach(group -> assertThat(decision.withheld()).as(what).doesNotContain(group));
            assertThat(maySee(mark.group(1), decision, caller, patient))
                    .as(mark.group() + " in " + what)
                    .isTrue();
        });
        var opened = hub.trail().records().stream().skip(before).anyMatch(entry -> entry.stage() == Stage.BREAK_GLASS);
        if (answer.text().contains("HIDDEN_CLOSED") && decision.hidden().contains(Sensitivity.RESTRICTED)) {
            assertThat(opened).as(what).isTrue();
        }
    }

    /** Whether a row that says this of itself may be in an answer to a call about a patient. */
    private static boolean maySee(String word, Decision decision, Caller caller, Reference patient) {
        var glass = decision.glass();
        Predicate<Sensitivity> shown = reason -> !decision.hidden().contains(reason)
                || (glass != null
                        && glass.broken()
                        && glass.opens().contains(reason)
                        && caller.emergency() != null
                        && caller.emergency().patient().equals(patient));
        return switch (word) {
            case "MARK" -> true;
            case "FOREIGN" -> caller.patients().isEmpty() || isOwn(caller, decision, GuardedEhr.OTHER);
            case "HIDDEN_CLOSED" ->
                (!decision.hidden().contains(Sensitivity.RESTRICTED)
                                || (glass != null
                                        && glass.broken()
                                        && glass.opens().contains(Sensitivity.RESTRICTED)))
                        && (caller.patients().isEmpty() || isOwn(caller, decision, GuardedEhr.CLOSED));
            default -> shown.test(Sensitivity.valueOf(word.substring("HIDDEN_".length())));
        };
    }

    private static boolean isOwn(Caller caller, Decision decision, Reference patient) {
        return caller.patients().contains(patient)
                || (decision.breaksGlass()
                        && caller.emergency() != null
                        && caller.emergency().patient().equals(patient));
    }

    /** What is listed can be called: of what is not, nothing is answered. */
    private static void assertListed(TestHub hub, Caller caller) {
        var listed = hub.routes().toolsOf(caller);
        READS.forEach(tool -> {
            var patient = caller.emergency() != null
                    ? caller.emergency().patient()
                    : caller.patients().stream().findFirst().orElse(GuardedEhr.OPEN);
            var code = code(hub.call(caller, tool.name(), arguments(tool, patient)));
            if (listed.contains(tool)) {
                assertThat(code).as(tool.name()).isNotEqualTo("UNSUPPORTED");
            } else {
                assertThat(code).as(tool.name()).isIn("DENIED", "UNSUPPORTED");
            }
        });
    }

    private static Stream<FieldGroup> groups(String words) {
        return Stream.of(words.split("\\.")).filter(word -> !word.isEmpty()).map(FieldGroup::valueOf);
    }

    private static Policy policy(Random random) {
        var grants = new ArrayList<Grant>();
        var denials = new ArrayList<Denial>();
        var glass = new ArrayList<BreakGlass>();
        for (var role : List.of("nurse", "doctor", "*")) {
            grants.add(new Grant(
                    1,
                    on(role),
                    tools(random, 3),
                    List.of(),
                    some(random, FieldGroup.values(), 3),
                    random.nextInt(4) == 0,
                    Set.of(),
                    ApprovalNeed.NONE,
                    some(random, Sensitivity.values(), 1)));
            if (random.nextInt(3) == 0) {
                denials.add(new Denial(
                        2,
                        on(role),
                        tools(random, 1),
                        some(random, FieldGroup.values(), 1),
                        Set.of(),
                        some(random, Sensitivity.values(), 1)));
            }
            if (random.nextBoolean()) {
                glass.add(glass(random, role));
            }
        }
        return new Policy(
                grants,
                denials,
                Set.of(),
                Set.of(),
                new ChartRules(glass, Map.of("alpha", one(random, ConsentNeed.values()))),
                List.of());
    }

    private static BreakGlass glass(Random random, String role) {
        return new BreakGlass(
                3,
                on(role),
                tools(random, 2),
                Set.of("BTG"),
                some(random, Sensitivity.values(), 2),
                Duration.ofMinutes(15));
    }

    private static Caller caller(Random random) {
        Set<Reference> bound =
                random.nextBoolean() ? Set.of() : Set.of(one(random, PATIENTS.toArray(Reference[]::new)));
        var caller = new Caller(
                "someone", some(random, new String[] {"nurse", "doctor"}, 2), null, null, Set.of(), bound, null);
        return random.nextInt(3) > 0
                ? caller
                : caller.in(new Emergency(
                        one(random, PATIENTS.toArray(Reference[]::new)), "found at home", "BTG", Instant.now()));
    }

    private static Set<String> tools(Random random, int inFour) {
        return READS.stream()
                .map(CanonicalTool::name)
                .filter(name -> random.nextInt(4) < inFour)
                .collect(Collectors.toSet());
    }

    private static <T> Set<T> some(Random random, T[] all, int inFour) {
        return Stream.of(all).filter(one -> random.nextInt(4) < inFour).collect(Collectors.toSet());
    }

    private static <T> T one(Random random, T[] all) {
        return all[random.nextInt(all.length)];
    }

    private static Condition on(String role) {
        return new Condition(Set.of(role), Set.of("alpha"), List.of());
    }

    private static String arguments(CanonicalTool<?, ?> tool, Reference patient) {
        return tool.example()
                .replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"alpha")
                .replaceAll("alpha/Patient/[^\"]*", patient.toString())
                .replace("{}", "{\"ehr\":\"alpha\"}");
    }
}
