package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.GuardedHub.READS;
import static org.ehrhub.routes.GuardedHub.chart;
import static org.ehrhub.routes.GuardedHub.grant;
import static org.ehrhub.routes.GuardedHub.on;
import static org.ehrhub.routes.GuardedHub.start;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.util.List;
import java.util.Set;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Denial;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.junit.jupiter.api.Test;

/** What callers see of an EHR that labels its records and restricts charts. */
class ToolCallRouteSensitiveTest {
    private static final String CHART = "{'patient':'alpha/Patient/%s'}";

    private final GuardedEhr ehr = new GuardedEhr();

    @Test
    void aPolicyThatSaysNothingOfItShowsNothingSensitive() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            for (var tool : READS) {
                var answer = hub.call(tool, arguments(tool));
                assertThat(answer.text()).as(tool).doesNotContain("HIDDEN");
            }
            var rows = hub.call("condition.list", chart("open"));
            assertThat(rows.text()).contains("MARK.CLINICAL");
            assertThat(rows.json().get("warnings").toString())
                    .contains("alpha: 9 rows withheld: sensitive.", "1 rows of other patients");
            var summary = hub.call("patient.summary", chart("open"));
            assertThat(summary.text()).contains("MARK.CLINICAL", "rows withheld: sensitive");
        }
    }

    @Test
    void showsWhatTheRulesOfTheCallersRolesNameAndNoMore() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE, Sensitivity.HIV)) {
            assertThat(hub.call("condition.list", chart("open")).text())
                    .contains("HIDDEN_HIV")
                    .doesNotContain("HIDDEN_MENTAL_HEALTH", "HIDDEN_RESTRICTED", "HIDDEN_OTHER");
        }
    }

    @Test
    void aDenialHidesWhatOthersShow() throws Exception {
        var denial = new Denial(9, on("*"), READS, Set.of(), Set.of(), Set.of(Sensitivity.HIV));
        var policy = new Policy(List.of(grant(Sensitivity.values())), List.of(denial), Set.of(), Set.of());
        try (var hub = TestHub.of(ehr.entry()).with(policy).start()) {
            assertThat(hub.call("condition.list", chart("open")).text())
                    .contains("HIDDEN_MENTAL_HEALTH", "HIDDEN_RESTRICTED")
                    .doesNotContain("HIDDEN_HIV");
        }
    }

    @Test
    void aRestrictedChartIsAnsweredAsOneThatDoesNotExist() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            for (var tool : List.of("patient.get", "patient.summary", "condition.list", "document.search", "fetch")) {
                var argument = tool.equals("fetch") ? "{'id':'alpha/Patient/%s'}" : CHART;
                var closed = hub.call(tool, argument.formatted("closed"));
                var absent = hub.call(tool, argument.formatted("absent"));

                assertThat(code(closed)).as(tool).isEqualTo("NOT_FOUND");
                assertThat(withoutCallId(closed)).as(tool).isEqualTo(withoutCallId(absent));
            }
        }
    }

    @Test
    void aSearchForAPersonSaysTheSameWhetherAChartIsRestrictedOrNot() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            var found = hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}");

            assertThat(found.json().get("returned").intValue()).isEqualTo(1);
            assertThat(found.json().at("/sources/0/total").intValue()).isEqualTo(1);
            assertThat(found.text()).doesNotContain("withheld: sensitive", "closed");
        }
    }

    @Test
    void nothingIsWrittenToAChartThatIsClosed() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            assertThat(code(hub.call("task.create", "{'patient':'alpha/Patient/closed','title':'t'}")))
                    .isEqualTo("NOT_FOUND");
            assertThat(ehr.asked()).containsExactly("chart closed");
        }
    }

    private static String withoutCallId(ToolAnswer answer) {
        return answer.text().replaceAll("\"callId\":\"[^\"]*\"", "");
    }

    private static String arguments(String tool) {
        return ToolCatalog.canonical()
                .find(tool)
                .orElseThrow()
                .example()
                .replaceAll("\"(stmarys|lab|clinic)(?=[/\"])", "\"alpha")
                .replaceAll("alpha/Patient/[^\"]*", "alpha/Patient/open")
                .replace("{}", "{\"ehr\":\"alpha\"}");
    }
}
