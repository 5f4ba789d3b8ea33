package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.util.List;
import java.util.Set;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.FakeApprovals;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.FieldGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code approval.status} tells, and whom. */
class ApprovalStandingTest {
    private static final String WRITE = "patient.update";
    private static final Caller ANN = person("ann");

    private final FakeApprovals approvals = new FakeApprovals();
    private TestHub hub;

    private static Caller person(String subject) {
        return new Caller(subject, Set.of("nurse"), "https://login.example", "desk", Set.of(), Set.of(), "TREAT");
    }

    @BeforeEach
    void start() throws Exception {
        var tools = Set.of(WRITE, "patient.get", "patient.search");
        var when = new Condition(Set.of("nurse"), Set.of("alpha"), List.of());
        var fields = Set.of(FieldGroup.values());
        var grant = new Grant(1, when, tools, List.of(), fields, false, Set.of(), ApprovalNeed.PERSON);
        var alpha = FakeEhr.named("alpha").withPatient("a1", "Hill", "Ada", "1948-03-21");
        hub = TestHub.of(alpha.entry())
                .with(new Policy(List.of(grant), Set.of()))
                .with(approvals)
                .start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private ToolAnswer update(String phone, String more) {
        return hub.call(ANN, WRITE, "{'patient':'alpha/Patient/a1','phone':'" + phone + "'" + more + "}");
    }

    private String asked(String phone) {
        return update(phone, "")
                .json()
                .get("error")
                .get("approval")
                .get("approvalId")
                .stringValue();
    }

    @Test
    void theStatusIsForWhoeverAsked() {
        var id = asked("+1 555 0199");
        var arguments = "{'approvalId':'" + id + "'}";

        assertThat(status(arguments)).isEqualTo("waiting");
        assertThat(code(hub.call(person("bob"), "approval.status", arguments))).isEqualTo("NOT_FOUND");
        approvals.approve(id, "bea");
        assertThat(status(arguments)).isEqualTo("approved");
        update("+1 555 0199", ",'approvalId':'" + id + "'");
        assertThat(status(arguments)).isEqualTo("used");
        var second = asked("2");
        approvals.decide(second, new Approvals.Verdict(false, "bea", "not \u202ehers"));
        var rejected = hub.call(ANN, "approval.status", "{'approvalId':'" + second + "'}")
                .json()
                .get("item");
        assertThat(rejected.get("status").stringValue()).isEqualTo("rejected");
        assertThat(rejected.get("reason").stringValue()).isEqualTo("not [U+202E]hers");
    }

    private String status(String arguments) {
        var answer = hub.call(ANN, "approval.status", arguments);
        assertThat(answer.failed()).as(answer.text()).isFalse();
        return answer.json().get("item").get("status").stringValue();
    }
}
