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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What callers see of an EHR that labels its records and restricts charts. */
class ToolCallRouteSensitiveTest {
    private static final String CHART = "{'patient':'alpha/Patient/%s'}";

    /** What becomes of writes that a fake does not support. */
    private static final List<String> PASSED = List.of("UNSUPPORTED", "APPROVAL_REQUIRED");

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

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "task.update|{'task':'alpha/Task/%s','status':'completed'}",
                "referral.submit|{'referral':'alpha/ServiceRequest/%s','version':'1'}",
                "task.create|{'patient':'alpha/Patient/open','title':'t','about':'alpha/Observation/%s'}",
                "fhir.write|{'ehr':'alpha','operation':'delete','record':'alpha/Observation/%s','version':'1'}"
            })
    void nothingIsWrittenToARecordOfAChartThatIsClosed(String tool, String arguments) throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            var closed = hub.call(tool, arguments.replace("%s", "closed-1"));
            var absent = hub.call(tool, arguments.replace("%s", "absent-1"));

            assertThat(code(closed)).as(closed.text()).isEqualTo("NOT_FOUND");
            assertThat(withoutCallId(closed)).isEqualTo(withoutCallId(absent));
            assertThat(code(hub.call(tool, arguments.replace("%s", "hidden-restricted"))))
                    .as("a sensitive record of an open chart")
                    .isEqualTo("NOT_FOUND");
            assertThat(code(hub.call(tool, arguments.replace("%s", "unclear-1"))))
                    .as("whose it is cannot be told")
                    .isEqualTo("DENIED");
            assertThat(code(hub.call(tool, arguments.replace("%s", "open-1")))).isIn(PASSED);
        }
    }

    @Test
    void nothingIsWrittenToAClosedChartInFhirsOwnWordsEither() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            var written = "{'ehr':'alpha','operation':'create','type':'Observation','resource':{'subject':'%s'}}";
            var bundle = "{'ehr':'alpha','bundle':{'entry':[{'resource':{'subject':'%s'}}]}}";

            assertThat(code(hub.call("fhir.write", written.formatted("closed"))))
                    .isEqualTo("NOT_FOUND");
            assertThat(code(hub.call("fhir.write", written.formatted("open")))).isIn(PASSED);
            assertThat(code(hub.call("fhir.transaction", bundle.formatted("closed"))))
                    .isEqualTo("NOT_FOUND");
            assertThat(code(hub.call("fhir.transaction", bundle.formatted("open"))))
                    .isIn(PASSED);
        }
    }

    @Test
    void whoeverSeesEverythingIsNotAskedForWhoseARecordIs() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE, Sensitivity.values())) {
            hub.call("task.update", "{'task':'alpha/Task/closed-1','status':'completed'}");

            assertThat(ehr.asked()).doesNotContain("owner closed-1");
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
