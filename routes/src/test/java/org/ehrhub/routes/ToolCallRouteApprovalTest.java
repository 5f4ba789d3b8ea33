package org.ehrhub.routes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.routes.fakes.TestHub.code;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.fakes.FakeApprovals;
import org.ehrhub.routes.fakes.FakeClock;
import org.ehrhub.routes.fakes.MuteEhr;
import org.ehrhub.routes.fakes.TestHub;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.testkit.FakeEhr;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.FieldGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A write that needs a person's approval: asked once, bound to exactly that call, used once. */
class ToolCallRouteApprovalTest {
    private static final String WRITE = "patient.update";
    private static final Caller ANN = person("https://login.example", "ann", "desk");

    private final FakeEhr alpha = FakeEhr.named("alpha").withPatient("a1", "Hill", "Ada", "1948-03-21");
    private final FakeClock clock = new FakeClock();
    private final FakeApprovals approvals = new FakeApprovals(clock);
    private TestHub hub;

    private static Caller person(String issuer, String subject, String client) {
        return new Caller(subject, Set.of("nurse"), issuer, client, Set.of(), Set.of(), "TREAT");
    }

    private static Policy policy(ApprovalNeed need, Set<FieldGroup> fields) {
        var tools = Set.of(WRITE, "patient.get", "patient.search");
        var when = new Condition(Set.of("nurse"), Set.of("alpha"), List.of());
        return new Policy(List.of(new Grant(1, when, tools, List.of(), fields, false, Set.of(), need)), Set.of());
    }

    private static TestHub.Setting setting(FakeEhr ehr) {
        return TestHub.of(ehr.entry()).with(policy(ApprovalNeed.PERSON, Set.of(FieldGroup.values())));
    }

    @BeforeEach
    void start() throws Exception {
        hub = setting(alpha).with(approvals).start();
    }

    @AfterEach
    void stop() {
        hub.close();
    }

    private static String phone(String phone, String... more) {
        var rest = more.length == 0 ? "" : "," + String.join(",", more);
        return "{'patient':'alpha/Patient/a1','phone':'" + phone + "'" + rest + "}";
    }

    private ToolAnswer update(String... more) {
        return hub.call(ANN, WRITE, phone("+1 555 0199", more));
    }

    private static JsonNode approval(ToolAnswer refused) {
        assertThat(code(refused)).as(refused.text()).isEqualTo("APPROVAL_REQUIRED");
        return refused.json().get("error").get("approval");
    }

    private String approved() {
        return approvals.approve(approval(update()).get("approvalId").stringValue(), "https://login.example|bea");
    }

    private static String by(String id) {
        return "'approvalId':'" + id + "'";
    }

    @Test
    void asksOnceAndSaysWhereTheApprovalIs() {
        var refused = update();

        var asked = approval(refused);
        assertThat(asked.get("status").stringValue()).isEqualTo("waiting");
        assertThat(asked.get("expires").stringValue()).isNotBlank();
        assertThat(refused.json().get("error").get("hint").stringValue())
                .contains("approval.status", asked.get("approvalId").stringValue());
        assertThat(approval(update()).get("approvalId")).isEqualTo(asked.get("approvalId"));
        assertThat(approvals.waiting()).hasSize(1);
        assertThat(alpha.calls(WRITE)).isZero();
    }

    @Test
    void anApprovedCallIsMadeOnceAndAnsweredAgain() {
        var id = approved();

        assertThat(approval(update()).get("status").stringValue())
                .as("nobody is asked twice")
                .isEqualTo("approved");
        var done = update(by(id));
        var again = update(by(id));

        assertThat(done.failed()).as(done.text()).isFalse();
        assertThat(again.json().get("item")).isEqualTo(done.json().get("item"));
        assertThat(again.json().get("warnings").toString()).contains("nothing was written again");
        assertThat(alpha.calls(WRITE)).isOne();
        assertThat(hub.trail().records())
                .extracting(record -> record.circumstances().approval())
                .startsWith(id, id, id, id);
        assertThat(code(update(by(id), "'idempotencyKey':'another'"))).isEqualTo("CONFLICT");
        assertThat(alpha.calls(WRITE)).isOne();
    }

    @Test
    void aWaitingARejectedAndAnExpiredApprovalLetNothingThrough() {
        var id = approval(update()).get("approvalId").stringValue();
        assertThat(approval(update(by(id))).get("status").stringValue()).isEqualTo("waiting");
        approvals.decide(id, new Approvals.Verdict(false, "bea", "wrong number"));
        assertThat(code(update(by(id)))).isEqualTo("DENIED");
        var second = approved();
        clock.advance(Duration.ofDays(40_000));
        var late = update(by(second));
        assertThat(code(late)).isEqualTo("APPROVAL_REQUIRED");
        assertThat(late.text()).contains("time of this approval is over").doesNotContain("\"approval\"");
        assertThat(alpha.calls(WRITE)).isZero();
    }

    @Test
    void anApprovalIsGoodForNobodyElse() {
        var id = approved();
        for (var other : List.of(
                person("https://login.example", "bob", "desk"),
                person("https://other.example", "ann", "desk"),
                new Caller("ann", Set.of("nurse")),
                new Caller("https://login.example|ann".replace("|", "%7C"), Set.of("nurse")))) {
            assertThat(code(hub.call(other, WRITE, phone("+1 555 0199", by(id)))))
                    .isEqualTo("INVALID_INPUT");
        }
        var otherProgram = person("https://login.example", "ann", "another-program");
        assertThat(code(hub.call(otherProgram, WRITE, phone("+1 555 0199", by(id)))))
                .isEqualTo("CONFLICT");
        assertThat(alpha.calls(WRITE)).isZero();
        assertThat(update(by(id)).failed()).isFalse();
    }

    @Test
    void aRecordThatChangedMeanwhileIsAskedForAnew() {
        var id = approved();
        var other = hub.call(ANN, WRITE, phone("+1 555 0000"));
        var otherId = approvals.approve(approval(other).get("approvalId").stringValue(), "bea");
        assertThat(hub.call(ANN, WRITE, phone("+1 555 0000", by(otherId))).failed())
                .isFalse();

        assertThat(code(update(by(id)))).isEqualTo("CONFLICT");
        assertThat(approval(update()).get("approvalId").stringValue()).isNotEqualTo(id);
        assertThat(alpha.calls(WRITE)).isOne();
    }

    @Test
    void fourEyesAreAnotherPrincipalWhateverTheProgram() throws Exception {
        try (var strict = TestHub.of(alpha.entry())
                .with(policy(ApprovalNeed.FOUR_EYES, Set.of(FieldGroup.values())))
                .with(approvals)
                .start()) {
            var asked = strict.call(ANN, WRITE, phone("1"));
            var id = approvals.approve(approval(asked).get("approvalId").stringValue(), ANN.principal());
            assertThat(code(strict.call(ANN, WRITE, phone("1", by(id))))).isEqualTo("APPROVAL_REQUIRED");
            assertThat(alpha.calls(WRITE)).isZero();
            var second = strict.call(ANN, WRITE, phone("2"));
            approvals.approve(approval(second).get("approvalId").stringValue(), "https://login.example|bea");
            assertThat(strict.call(
                                    ANN,
                                    WRITE,
                                    phone(
                                            "2",
                                            by(approval(second)
                                                    .get("approvalId")
                                                    .stringValue())))
                            .failed())
                    .isFalse();
        }
    }

    @Test
    void whatPolicyTookAwayMeanwhileIsNotMade() throws Exception {
        var id = approved();
        try (var narrowed = TestHub.of(alpha.entry())
                .with(new Policy(List.of(new Grant("nurse", "alpha", true, Set.of())), Set.of()))
                .with(approvals)
                .start()) {
            assertThat(code(narrowed.call(ANN, WRITE, phone("+1 555 0199", by(id)))))
                    .isEqualTo("DENIED");
        }
        assertThat(alpha.calls(WRITE)).isZero();
    }

    @Test
    void anUnknownOutcomeIsReconciledUnderTheSameApproval() throws Exception {
        alpha.withSlots(OffsetDateTime.parse("2026-03-02T09:00:00-05:00"), 1);
        var grant = new Grant("nurse", "alpha", true, Set.of("appointment.create"));
        var mute = new MuteEhr(alpha);
        try (var reading = TestHub.of(alpha.entry()).start();
                var deaf = TestHub.of(mute.entry())
                        .with(new Policy(List.of(grant), Set.of("appointment.create")))
                        .start()) {
            var booking = "{'patient':'alpha/Patient/a1','slotRef':'"
                    + reading.slots("alpha").getFirst() + "'}";
            assertThat(code(deaf.callApproved("appointment.create", booking))).isEqualTo("OUTCOME_UNKNOWN");
            var same = booking.replace("}", ",'approvalId':'approval-1'}");
            assertThat(code(deaf.call("appointment.create", same))).isEqualTo("OUTCOME_UNKNOWN");
            mute.speak();
            var found = deaf.call("appointment.create", same);
            assertThat(found.failed()).as(found.text()).isFalse();
            assertThat(found.text()).contains("had done this");
            assertThat(alpha.calls("appointment.create")).isOne();
        }
    }

    @Test
    void aWriteThatWasCertainlyNotMadeLeavesItsApprovalGood() throws Exception {
        var id = approved();
        try (var busy = setting(alpha)
                .with(approvals)
                .with(new Limits(Duration.ofSeconds(20), 64, 1, 16 * 1024))
                .start()) {
            var limited = busy.call(ANN, WRITE, phone("+1 555 0199", by(id)));
            assertThat(code(limited)).isEqualTo("RATE_LIMITED");
            assertThat(limited.text()).contains("stays good");
            assertThat(alpha.calls(WRITE)).isZero();
        }
        assertThat(update(by(id)).failed()).isFalse();
        assertThat(alpha.calls(WRITE)).isOne();
    }

    @Test
    void ofManyCallsAtOnceOnTwoHubsOneIsMade() throws Exception {
        var id = approved();
        try (var second = setting(alpha).with(approvals).with(hub.ledger()).start();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = IntStream.range(0, 32)
                    .<Callable<ToolAnswer>>mapToObj(i -> () -> {
                        var key = i % 4 == 0 ? by(id) : by(id) + ",'idempotencyKey':'k" + i + "'";
                        return (i % 2 == 0 ? hub : second).call(ANN, WRITE, phone("+1 555 0199", key));
                    })
                    .toList();
            assertThat(threads.invokeAll(calls))
                    .anyMatch(call -> !call.resultNow().failed());
        }
        assertThat(alpha.calls(WRITE)).isOne();
    }
}
