package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.GuardedHub.chart;
import static org.ehrhub.routes.GuardedHub.start;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.util.List;
import java.util.Map;
import org.ehrhub.adapters.ChartAccess.Consent;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.routes.fakes.GuardedEhr;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.Test;

/** What patients' consents close. */
class ToolCallRouteConsentTest {
    private final GuardedEhr ehr = new GuardedEhr();

    @Test
    void aConsentThatDeniesClosesTheChart() throws Exception {
        try (var hub = start(ehr, consent(ConsentNeed.DENY))) {
            assertThat(hub.call("condition.list", chart("open")).text()).contains("MARK");
            ehr.consents(Consent.DENIES);
            for (var tool : List.of("condition.list", "patient.get", "patient.summary", "appointment.list")) {
                assertThat(code(hub.call(tool, chart("open")))).as(tool).isEqualTo("NOT_FOUND");
            }
            assertThat(code(hub.call("task.create", "{'patient':'alpha/Patient/open','title':'t'}")))
                    .isEqualTo("NOT_FOUND");
            assertThat(hub.call("patient.search", "{'ehr':'alpha','family':'Hill'}")
                            .text())
                    .doesNotContain("MARK", "HIDDEN");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .as("whose it is was known only afterwards")
                    .isEqualTo("NOT_FOUND");
        }
    }

    @Test
    void whereConsentIsRequiredSilenceClosesTheChart() throws Exception {
        try (var hub = start(ehr, consent(ConsentNeed.REQUIRED), Sensitivity.values())) {
            assertThat(code(hub.call("condition.list", chart("open")))).isEqualTo("NOT_FOUND");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .as("who may see all that is sensitive may not see this")
                    .isEqualTo("NOT_FOUND");
            ehr.consents(Consent.PERMITS);
            assertThat(hub.call("condition.list", chart("open")).text()).contains("MARK");
        }
    }

    @Test
    void anEhrThatCannotSayHowItHoldsAChartShowsNothingOfIt() throws Exception {
        try (var hub = start(ehr, ChartRules.NONE)) {
            ehr.failsAtCharts(ToolResult.failed(ErrorCode.EHR_UNAVAILABLE, "It is down.", "Wait."));

            assertThat(code(hub.call("condition.list", chart("open")))).isEqualTo("EHR_UNAVAILABLE");
            assertThat(code(hub.call("document.get", "{'document':'alpha/DocumentReference/d'}")))
                    .isEqualTo("EHR_UNAVAILABLE");
        }
    }

    private static ChartRules consent(ConsentNeed need) {
        return new ChartRules(List.of(), Map.of("alpha", need));
    }
}
