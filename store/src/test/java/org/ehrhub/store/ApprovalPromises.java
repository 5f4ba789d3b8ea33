package org.ehrhub.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Approvals.State;
import org.ehrhub.policy.Digests;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What approvals promise on every database. */
abstract class ApprovalPromises {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String DIGEST = Digests.sha256("referral.submit", "arguments");
    private static final Approvals.Question QUESTION = question(DIGEST, "ann");

    private static final String KEY = Digests.sha256("write-1");

    private static final Payloads PAYLOADS = new Payloads(SampleKeys.of(1));

    private Database database;
    private Approvals approvals;

    private static Approvals.Question question(String digest, String principal) {
        return new Approvals.Question(
                digest,
                principal,
                null,
                "referral.submit",
                "alpha",
                ApprovalNeed.PERSON,
                "Refer to cardiology",
                NOW.plusSeconds(600));
    }

    private String ask() {
        return approvals.ask(QUESTION).orElseThrow().id();
    }

    private boolean approve(String id) {
        return approvals.decide(id, new Approvals.Verdict(true, "bea", null));
    }

    abstract StoreSettings settings();

    @BeforeEach
    void openDatabase() {
        database = Database.open(settings());
        approvals = new StoredApprovals(database, PAYLOADS, CLOCK);
    }

    @AfterEach
    void closeDatabase() {
        database.close();
    }

    @Test
    void knowsInWhoseNameAndByWhomItWasAsked() {
        var asked = new Approvals.Question(
                DIGEST,
                "ann",
                "https://login.example|bot",
                "referral.submit",
                "alpha",
                ApprovalNeed.FOUR_EYES,
                "Refer to cardiology",
                NOW.plusSeconds(600));
        var id = approvals.ask(asked).orElseThrow().id();
        assertThat(approvals.find(id).orElseThrow().question()).isEqualTo(asked);
        assertThat(approvals.find(ask()).orElseThrow().question()).isEqualTo(QUESTION);
    }

    @Test
    void anApprovedCallRunsOnce() {
        var id = ask();
        assertThat(approvals.take(id, DIGEST, "ann", KEY)).isFalse();
        assertThat(approvals.waiting()).extracting(Approvals.Held::id).containsExactly(id);
        assertThat(approve(id)).isTrue();
        assertThat(approvals.waiting()).isEmpty();
        assertThat(approvals.take(id, DIGEST, "ann", KEY)).isTrue();
        assertThat(approvals.take(id, DIGEST, "ann", Digests.sha256("write-2"))).isFalse();
        assertThat(approvals.take(id, DIGEST, "ann", KEY))
                .as("the same write, tried again")
                .isTrue();
        assertThat(approvals.find(id)).hasValueSatisfying(held -> {
            assertThat(held.state()).isEqualTo(State.USED);
            assertThat(held.decidedBy()).isEqualTo("bea");
            assertThat(held.question()).isEqualTo(QUESTION);
        });
    }

    @Test
    void coversNoOtherArgumentsAndNobodyElse() {
        var id = ask();
        approve(id);
        assertThat(approvals.take(id, Digests.sha256("other"), "ann", KEY)).isFalse();
        assertThat(approvals.take(id, DIGEST, "https://login.example|ann", KEY)).isFalse();
        assertThat(approvals.take("0".repeat(32), DIGEST, "ann", KEY)).isFalse();
        assertThat(approvals.take(id, DIGEST, "ann", KEY)).isTrue();
    }

    @Test
    void aDecisionIsFinal() {
        var id = ask();
        assertThat(approvals.decide(id, new Approvals.Verdict(false, "bea", "wrong patient")))
                .isTrue();
        assertThat(approve(id)).isFalse();
        assertThat(approvals.take(id, DIGEST, "ann", KEY)).isFalse();
        assertThat(approvals.find(id)).hasValueSatisfying(held -> {
            assertThat(held.state()).isEqualTo(State.REJECTED);
            assertThat(held.reason()).isEqualTo("wrong patient");
        });
    }

    @Test
    void nothingIsDecidedOrUsedAfterItsTime() {
        var asked = ask();
        var approved = approvals
                .ask(question(Digests.sha256("another"), "ann"))
                .orElseThrow()
                .id();
        approve(approved);
        var later = new StoredApprovals(database, PAYLOADS, Clock.offset(CLOCK, Duration.ofMinutes(10)));
        assertThat(later.decide(asked, new Approvals.Verdict(true, "bea", null)))
                .isFalse();
        assertThat(later.take(approved, Digests.sha256("another"), "ann", KEY)).isFalse();
        assertThat(later.waiting()).isEmpty();
        assertThat(later.find(approved))
                .hasValueSatisfying(held -> assertThat(held.state()).isEqualTo(State.EXPIRED));
    }

    @Test
    void oneOfManyCallersAtOnceMayUseIt() throws Exception {
        var id = ask();
        approve(id);
        var other = new StoredApprovals(database, PAYLOADS, CLOCK);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var takes = IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(
                            i -> () -> (i % 2 == 0 ? approvals : other).take(id, DIGEST, "ann", "key-" + i))
                    .collect(Collectors.toList());
            assertThat(threads.invokeAll(takes).stream().filter(take -> take.resultNow()))
                    .hasSize(1);
        }
    }

    @Test
    void isThereAfterARestart() {
        var id = ask();
        approve(id);
        assertThat(new StoredApprovals(database, PAYLOADS, CLOCK).take(id, DIGEST, "ann", KEY))
                .isTrue();
    }

    @Test
    void theSameQuestionIsOneAsLongAsItIsOpen() {
        var id = ask();
        assertThat(ask()).isEqualTo(id);
        assertThat(approvals.waiting()).hasSize(1);
        approve(id);
        assertThat(ask()).as("approved and not used").isEqualTo(id);
        approvals.take(id, DIGEST, "ann", KEY);
        var second = ask();
        assertThat(second).as("a second write is a second question").isNotEqualTo(id);
        approvals.decide(second, new Approvals.Verdict(false, "bea", null));
        assertThat(ask()).isNotEqualTo(second);
    }

    @Test
    void aQuestionWhoseTimeIsOverIsAskedAnew() {
        var id = ask();
        var later = new StoredApprovals(database, PAYLOADS, Clock.offset(CLOCK, Duration.ofMinutes(10)));
        assertThat(later.ask(QUESTION))
                .hasValueSatisfying(held -> assertThat(held.id()).isNotEqualTo(id));
    }

    @Test
    void theSameQuestionOfManyAtOnceIsOne() throws Exception {
        var other = new StoredApprovals(database, PAYLOADS, CLOCK);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asking = IntStream.range(0, 16)
                    .<Callable<String>>mapToObj(i -> () -> (i % 2 == 0 ? approvals : other)
                            .ask(QUESTION)
                            .orElseThrow()
                            .id())
                    .collect(Collectors.toList());
            assertThat(threads.invokeAll(asking).stream()
                            .map(one -> one.resultNow())
                            .distinct())
                    .hasSize(1);
        }
        assertThat(approvals.waiting()).hasSize(1);
    }

    @Test
    void nobodyMayAskWithoutEnd() {
        for (var i = 0; i < Approvals.MOST_WAITING; i++) {
            assertThat(approvals.ask(question("digest-" + i, "ann"))).isPresent();
        }
        assertThat(approvals.ask(QUESTION)).isEmpty();
        assertThat(approvals.ask(question("digest-1", "ann")))
                .as("it waits already")
                .isPresent();
        assertThat(approvals.ask(question(DIGEST, "bob"))).isPresent();
    }

    @Test
    void whatIsLongPastIsForgotten() {
        var id = ask();
        var later = new StoredApprovals(database, PAYLOADS, Clock.offset(CLOCK, Duration.ofDays(3)));
        assertThat(later.forget(Duration.ofDays(4))).isZero();
        assertThat(later.forget(Duration.ofDays(2))).isOne();
        assertThat(approvals.find(id)).isEmpty();
    }
}
