package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.Glass;
import org.ehrhub.policy.Policy;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyFileTest {
    private static final Set<String> EHRS = Set.of("river", "lake");
    private static final Instant MONDAY_NOON = Instant.parse("2026-03-02T12:00:00Z");

    private static final String EVERY_KIND = """
            roles: [nurse, clerk]
            allow:
              - roles: [nurse]
                ehr: "*"
                tools: [reads]
              - role: clerk
                ehrs: [river]
                tools: [scheduling, coverage.list]
                writes: [appointment.create]
                fields: [demographics]
                times: [{days: [mon], hours: 08:00-18:00, zone: UTC}]
                approval: person
            deny:
              - role: nurse
                ehr: lake
                tools: [document.get]
              - role: nurse
                fields: [contact]
            four-eyes: [claim.submit]
            approvers: [{role: nurse, ehr: river, tools: [appointment.create]}]
            """;

    private final Problems problems = new Problems();

    @TempDir
    Path folder;

    @Test
    void readsEveryKindOfRule() throws IOException {
        var policy = read(EVERY_KIND);

        assertThat(problems.all()).isEmpty();
        assertThat(mayApprove(policy, "nurse", "appointment.create", "river")).isTrue();
        assertThat(mayApprove(policy, "clerk", "appointment.create", "river")).isFalse();
        assertThat(mayApprove(policy, "nurse", "appointment.create", "lake")).isFalse();
        assertThat(mayApprove(policy, "nurse", "claim.submit", "river")).isFalse();
        assertThat(decide(policy, "nurse", "patient.get", "lake"))
                .isEqualTo(new Decision(true, 3, "", Set.of(FieldGroup.CONTACT), ApprovalNeed.NONE));
        assertThat(decide(policy, "nurse", "document.get", "lake").line()).isEqualTo(14);
        assertThat(decide(policy, "nurse", "document.get", "river").allowed()).isTrue();
        assertThat(decide(policy, "clerk", "appointment.create", "river").approval())
                .isEqualTo(ApprovalNeed.PERSON);
        assertThat(decide(policy, "clerk", "coverage.list", "river").allowed()).isTrue();
        assertThat(decide(policy, "clerk", "appointment.cancel", "river").allowed())
                .as("a profile stands for its reads")
                .isFalse();
        assertThat(decide(policy, "clerk", "slot.search", "lake").allowed()).isFalse();
        assertThat(policy.decide(caller("clerk"), tool("slot.search"), "river", MONDAY_NOON.plusSeconds(86_400))
                        .allowed())
                .isFalse();
        assertThat(policy.approval(tool("claim.submit"))).isEqualTo(ApprovalNeed.FOUR_EYES);
    }

    @Test
    void anApprovalThatNobodyCouldGiveIsAMistake() throws IOException {
        read("""
                allow:
                  - {role: clerk, ehrs: [river, lake], writes: [patient.create, appointment.create]}
                approvers:
                  - {role: nurse, ehr: river}
                  - {ehr: lake}
                """);

        assertThat(problems.all().toString()).contains("approvers[1].role: is missing; name who may approve");
        assertThat(read("""
                allow:
                  - {role: clerk, ehrs: [river, lake], writes: [patient.create, appointment.create]}
                approvers: [{role: nurse, ehr: river}]
                """)).isNotNull();
        assertThat(problems.all().toString())
                .contains("policy.yaml:2: allow[0]: allows patient.create, which needs an approval");
    }

    private static boolean mayApprove(Policy policy, String role, String tool, String ehr) {
        return policy.mayApprove(caller(role), tool(tool), ehr, MONDAY_NOON);
    }

    @Test
    void scopesAloneAllowTheReadsTheyPermit() throws IOException {
        var policy = read("allow:\n  - {scopes: [user/Observation.read], ehr: river}\n");
        var token = new Caller("app", Set.of(), "https://l.example", "app", Set.of("user/*.rs"), Set.of(), null);

        assertThat(policy.decide(token, tool("lab.list"), "river", MONDAY_NOON).allowed())
                .isTrue();
        assertThat(policy.decide(token, tool("patient.get"), "river", MONDAY_NOON)
                        .allowed())
                .isFalse();
    }

    @Test
    void saysOfEveryRuleThatCannotBeHeldToWhereItStandsAndWhatToDo() throws IOException {
        assertThat(problems("""
                roles: [nurse]
                allow:
                  - {role: nurze, ehr: river, reads: true}
                  - {ehr: river}
                  - {ehr: river, tools: [writes]}
                  - {ehr: "*", writes: [appointment.create]}
                  - {ehr: river, tools: [condition.list], fields: [contact]}
                  - {ehr: river, tools: [patient.get, condition.list], fields: [contact]}
                  - {ehr: river, scopes: ["patient/Observation.rs?category=laboratory"]}
                  - {ehr: river, scopes: [user/Device.rs]}
                  - {ehr: river, reads: true, purposes: [CURIOSITY]}
                  - {ehr: river, reads: true, times: [{hours: 08:00-08:00, zone: UTC}]}
                  - {ehr: river, ehrs: [lake], reads: true}
                  - {ehr: river, tools: [patient.gett]}
                  - {ehr: river, reads: true, fields: [secrets], place: here}
                """))
                .containsExactly(
                        "policy.yaml:3: allow[0].role: is none of the file's `roles`; did you mean `nurse`?",
                        "policy.yaml:4: allow[1]: allows nothing; give it `reads`, `writes`, `tools` or `scopes`, or remove it",
                        "policy.yaml:5: allow[2].tools: may not hold `writes` here: name the writes that are allowed one by one",
                        "policy.yaml:6: allow[3].ehr: is `*`, which is for rules that only read; name the EHRs where something"
                                + " is written",
                        "policy.yaml:7: allow[4].fields: holds contact, which no tool of this rule answers with; remove it",
                        "policy.yaml:8: allow[5].fields: shows nothing of condition.list; add a group, or remove the tool",
                        "policy.yaml:9: allow[6].scopes[0]: is no SMART scope that the hub can hold to; write one such as"
                                + " patient/Observation.rs or user/*.read, without a search behind it",
                        "policy.yaml:10: allow[7].scopes: holds user/Device.rs, which no tool of this rule takes; remove it",
                        "policy.yaml:11: allow[8].purposes[0]: is no code of HL7 PurposeOfUse; use one such as TREAT, ETREAT,"
                                + " HPAYMT, HOPERAT or HRESCH",
                        "policy.yaml:12: allow[9].times[0].hours: must be hours of two different times such as 07:00-19:00",
                        "policy.yaml:13: allow[10].ehrs: stands beside `ehr`; keep one of the two",
                        "policy.yaml:14: allow[11].tools[0]: is no tool, profile or risk; did you mean `patient.get`?",
                        "policy.yaml:15: allow[12].place: is not a known key; known here: role, roles, scopes, ehr, ehrs, reads,"
                                + " writes, tools, fields, sensitive, patients, purposes, times, approval",
                        "policy.yaml:15: allow[12].fields[0]: must be one of demographics, contact, identifiers, clinical");
    }

    @Test
    void readsWhatIsSensitiveAndWhoOpensClosedCharts() throws IOException {
        var policy = read("""
                allow:
                  - {role: nurse, ehr: "*", reads: true, sensitive: [hiv, mental-health]}
                  - {role: doctor, ehr: river, reads: true, sensitive: [all]}
                deny:
                  - {role: nurse, ehr: lake, sensitive: [hiv]}
                break-glass:
                  - {role: nurse, ehr: river, tools: [clinical], lasts: 5m}
                consent:
                  - {ehr: river, mode: deny}
                  - {ehr: lake, mode: required}
                """);

        assertThat(problems.all()).isEmpty();
        assertThat(decide(policy, "nurse", "lab.list", "river").hidden())
                .hasSize(7)
                .doesNotContain(Sensitivity.HIV, Sensitivity.MENTAL_HEALTH);
        assertThat(decide(policy, "nurse", "lab.list", "lake").hidden()).contains(Sensitivity.HIV);
        assertThat(decide(policy, "doctor", "lab.list", "river").hidden()).isEmpty();
        assertThat(decide(policy, "doctor", "lab.list", "river").glass()).isNull();
        assertThat(decide(policy, "nurse", "lab.list", "lake").glass()).isNull();
        assertThat(decide(policy, "nurse", "lab.list", "river").glass())
                .isEqualTo(new Glass(7, Set.of(Sensitivity.RESTRICTED, Sensitivity.VERY_RESTRICTED), false));
        assertThat(policy.charts().breakGlass().getFirst().lasts()).isEqualTo(Duration.ofMinutes(5));
        assertThat(policy.charts().consent("river")).isEqualTo(ConsentNeed.DENY);
        assertThat(policy.charts().consent("lake")).isEqualTo(ConsentNeed.REQUIRED);
    }

    @Test
    void saysOfEveryRuleOnChartsThatCannotBeHeldToWhatToDo() throws IOException {
        assertThat(problems("""
                allow:
                  - {role: nurse, ehr: river, reads: true, sensitive: [gossip]}
                break-glass:
                  - {ehr: river, tools: [reads]}
                  - {role: nurse, tools: [reads]}
                  - {role: nurse, ehr: river}
                  - {role: nurse, ehr: river, tools: [note.draft]}
                  - {role: nurse, ehr: river, tools: [reads], lasts: 2h}
                consent:
                  - {mode: deny}
                """))
                .containsExactly(
                        "policy.yaml:2: allow[0].sensitive[0]: must be one of all, genetic, hiv, mental-health, other,"
                                + " restricted, sexual-health, substance-use, very-restricted, violence",
                        "policy.yaml:4: break-glass[0].role: is missing; say who may open closed charts",
                        "policy.yaml:5: break-glass[1].ehr: is missing; add it",
                        "policy.yaml:6: break-glass[2].tools: is missing; name the tools that read",
                        "policy.yaml:7: break-glass[3].tools: may hold only what reads: a closed chart is opened to be read",
                        "policy.yaml:8: break-glass[4].lasts: must be from 1m to 1h",
                        "policy.yaml:10: consent[0].ehr: is missing; add it");
    }

    @Test
    void aRuleThatOpensChartsWithToolsThatNobodyHasIsAMistake() throws IOException {
        assertThat(problems("""
                allow:
                  - {role: nurse, ehr: lake, reads: true}
                break-glass:
                  - {role: nurse, ehr: river, tools: [reads]}
                consent:
                  - {ehr: river, mode: deny}
                  - {ehrs: [lake, river], mode: required}
                """))
                .containsExactly(
                        "policy.yaml:7: consent[1]: names river, as another rule of `consent` does; keep one of the two",
                        "policy.yaml:4: break-glass[0]: opens charts with tools that no rule of `allow` allows on that EHR;"
                                + " allow them, or remove it");
    }

    @Test
    void aDenialOfEverythingToEverybodyIsAMistake() throws IOException {
        assertThat(problems("deny: [{}]"))
                .containsExactly(
                        "policy.yaml:1: deny[0]: denies everything to everybody; say to whom, where or what, or remove it");
    }

    @Test
    void aRuleOfWhichAnotherLeavesNothingIsAContradiction() throws IOException {
        assertThat(problems("""
                allow:
                  - {role: nurse, ehr: river, tools: [patient.get]}
                deny:
                  - {role: nurse, tools: [reads]}
                """))
                .containsExactly(
                        "policy.yaml:2: allow[0]: is taken away as a whole by the rule of line 4; remove one of the two");
    }

    private List<String> problems(String yaml) throws IOException {
        read(yaml);
        return problems.all().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }

    private Policy read(String yaml) throws IOException {
        return PolicyFile.read(Files.writeString(folder.resolve("policy.yaml"), yaml), EHRS, problems);
    }

    private static Decision decide(Policy policy, String role, String tool, String ehr) {
        return policy.decide(caller(role), tool(tool), ehr, MONDAY_NOON);
    }

    private static Caller caller(String role) {
        return new Caller("ann", Set.of(role));
    }

    private static CanonicalTool<?, ?> tool(String name) {
        return ToolCatalog.canonical().find(name).orElseThrow();
    }
}
