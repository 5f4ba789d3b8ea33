package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.util.List;
import java.util.Set;
import org.ehrhub.policy.ApprovalNeed;
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

/** Calls that somebody makes in another's name (RFC 8693, 4.1). */
class ToolCallRouteActorTest {
    private static final String ISSUER = "https://login.example";
    private static final String WRITE = "patient.update";
    private static final Caller ANN = new Caller("ann", Set.of("nurse"), ISSUER, "desk", Set.of(), Set.of(), "TREAT");
    private static final Caller BOT = ANN.through("bot");

    private final FakeEhr alpha = FakeEhr.named("alpha").withPatient("a1", "Hill", "Ada", "1948-03-21");
    private final FakeApprovals approvals = new FakeApprovals();
    private TestHub hub;

    @BeforeEach
    void start() throws Exception {
        hub = TestHub.of(alpha.entry())
                .with(new Policy(
                        List.of(grant(WRITE, ApprovalNeed.FOUR_EYES), grant("patient.get", ApprovalNeed.NONE)),
                        Set.of()))
                .with(approvals)
                .start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static Grant grant(String tool, ApprovalNeed need) {
        var when = new Condition(Set.of("nurse"), Set.of("alpha"), List.of());
        return new Grant(1, when, Set.of(tool), List.of(), Set.of(FieldGroup.values()), false, Set.of(), need);
    }

    private ToolAnswer update(Caller caller, String phone, String more) {
        return hub.call(caller, WRITE, "{'patient':'alpha/Patient/a1','phone':'" + phone + "'" + more + "}");
    }

    private String asked(Caller caller, String phone) {
        return update(caller, phone, "").json().at("/error/approval/approvalId").stringValue();
    }

    @Test
    void theTrailSaysWhoActedAndInWhoseName() {
        assertThat(hub.call(BOT, "patient.get", "{'patient':'alpha/Patient/a1'}")
                        .failed())
                .isFalse();
        var record = hub.trail().records().getLast();
        assertThat(record.principal()).isEqualTo(ISSUER + "|bot");
        assertThat(record.circumstances().onBehalfOf()).isEqualTo(ISSUER + "|ann");

        hub.call(ANN, "patient.get", "{'patient':'alpha/Patient/a1'}");
        var own = hub.trail().records().getLast();
        assertThat(own.principal()).isEqualTo(ISSUER + "|ann");
        assertThat(own.circumstances().onBehalfOf()).isNull();
    }

    @Test
    void neitherThePersonNorWhoActsIsTheSecondPairOfEyes() {
        for (var approver : List.of("bot", "ann")) {
            var id = approvals.approve(asked(BOT, approver), ISSUER + "|" + approver);
            assertThat(code(update(BOT, approver, ",'approvalId':'" + id + "'")))
                    .as(approver)
                    .isEqualTo("APPROVAL_REQUIRED");
        }
        assertThat(alpha.calls(WRITE)).isZero();
    }

    @Test
    void anApprovalIsGoodForTheActorWhoAskedAlone() {
        var id = approvals.approve(asked(BOT, "1"), ISSUER + "|bea");
        for (var other : List.of(ANN, ANN.through("planner"))) {
            assertThat(code(update(other, "1", ",'approvalId':'" + id + "'"))).isEqualTo("CONFLICT");
        }
        assertThat(alpha.calls(WRITE)).isZero();
        assertThat(update(BOT, "1", ",'approvalId':'" + id + "'").failed()).isFalse();
    }
}
