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
    private static final Approvals.Question QUESTION =
            new Approvals.Question(DIGEST, "ann", "referral.submit", "Refer to cardiology", NOW.plusSeconds(600));

    private static final Payloads PAYLOADS = new Payloads(SampleKeys.of(1));

    private Database database;
    private Approvals approvals;

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
    void anApprovedCallRunsOnce() {
        var id = approvals.ask(QUESTION);
        assertThat(approvals.take(id, DIGEST, "ann")).isFalse();
        assertThat(approvals.waiting()).extracting(Approvals.Held::id).containsExactly(id);
        assertThat(approvals.decide(id, true, "bea")).isTrue();
        assertThat(approvals.waiting()).isEmpty();
        assertThat(approvals.take(id, DIGEST, "ann")).isTrue();
        assertThat(approvals.take(id, DIGEST, "ann")).isFalse();
        assertThat(approvals.find(id)).hasValueSatisfying(held -> {
            assertThat(held.state()).isEqualTo(State.USED);
            assertThat(held.decidedBy()).isEqualTo("bea");
            assertThat(held.question()).isEqualTo(QUESTION);
        });
    }

    @Test
    void coversNoOtherArgumentsAndNobodyElse() {
        var id = approvals.ask(QUESTION);
        approvals.decide(id, true, "bea");
        assertThat(approvals.take(id, Digests.sha256("other"), "ann")).isFalse();
        assertThat(approvals.take(id, DIGEST, "https://login.example|ann")).isFalse();
        assertThat(approvals.take("0".repeat(32), DIGEST, "ann")).isFalse();
        assertThat(approvals.take(id, DIGEST, "ann")).isTrue();
    }

    @Test
    void aDecisionIsFinal() {
        var id = approvals.ask(QUESTION);
        assertThat(approvals.decide(id, false, "bea")).isTrue();
        assertThat(approvals.decide(id, true, "cat")).isFalse();
        assertThat(approvals.take(id, DIGEST, "ann")).isFalse();
        assertThat(approvals.find(id))
                .hasValueSatisfying(held -> assertThat(held.state()).isEqualTo(State.REJECTED));
    }

    @Test
    void nothingIsDecidedOrUsedAfterItsTime() {
        var asked = approvals.ask(QUESTION);
        var approved = approvals.ask(QUESTION);
        approvals.decide(approved, true, "bea");
        var later = new StoredApprovals(database, PAYLOADS, Clock.offset(CLOCK, Duration.ofMinutes(10)));
        assertThat(later.decide(asked, true, "bea")).isFalse();
        assertThat(later.take(approved, DIGEST, "ann")).isFalse();
        assertThat(later.waiting()).isEmpty();
        assertThat(later.find(approved))
                .hasValueSatisfying(held -> assertThat(held.state()).isEqualTo(State.EXPIRED));
    }

    @Test
    void oneOfManyCallersAtOnceMayUseIt() throws Exception {
        var id = approvals.ask(QUESTION);
        approvals.decide(id, true, "bea");
        var other = new StoredApprovals(database, PAYLOADS, CLOCK);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var takes = IntStream.range(0, 16)
                    .<Callable<Boolean>>mapToObj(i -> () -> (i % 2 == 0 ? approvals : other).take(id, DIGEST, "ann"))
                    .collect(Collectors.toList());
            assertThat(threads.invokeAll(takes).stream().filter(take -> take.resultNow()))
                    .hasSize(1);
        }
    }

    @Test
    void isThereAfterARestart() {
        var id = approvals.ask(QUESTION);
        approvals.decide(id, true, "bea");
        assertThat(new StoredApprovals(database, PAYLOADS, CLOCK).take(id, DIGEST, "ann"))
                .isTrue();
    }
}
