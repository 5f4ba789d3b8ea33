package org.ehrhub.routes.steps;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.IdempotencyLedger.Outcome;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.fakes.CapturedLog;
import org.ehrhub.routes.fakes.FakeLedger;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SettleLedgerTest {
    private final FakeLedger ledger = new FakeLedger();
    private final SettleLedger step = new SettleLedger(ledger);

    @Test
    void settlesADoneWrite() {
        assertSettled(sent(SampleCalls.ok(SampleCalls.appointment("x", null))), Outcome.DONE);
    }

    @Test
    void aWriteThatIsAnsweredLaterIsUnknownTillThen() {
        assertSettled(sent(new ToolResult.Pending<>("r")), Outcome.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource
    void onlyAClearRefusalFreesTheKey(ErrorCode code) {
        var unclear = code == ErrorCode.OUTCOME_UNKNOWN || code == ErrorCode.INTERNAL;

        assertSettled(sent(ToolResult.failed(code, "m", "h")), unclear ? Outcome.UNKNOWN : Outcome.NOT_DONE);
    }

    @Test
    void aWriteThatWasRefusedBeforeItWasSentFreesTheKey() {
        var call = claimed();
        call.failure(ToolResult.failed(ErrorCode.INTERNAL, "m", "h"));

        assertSettled(call, Outcome.NOT_DONE);
    }

    @Test
    void aWriteThatWasSentAndHasNoResultIsUnknown() {
        var call = claimed();
        call.sent(true);

        assertSettled(call, Outcome.UNKNOWN);
    }

    @Test
    void anUnknownWriteThatCouldNotBeLookedUpStaysUnknown() {
        var call = claimed();
        call.failure(ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "m", "h"));

        assertSettled(call, Outcome.UNKNOWN);
    }

    @Test
    void whatTheLedgerDidNotLetThroughIsNotSettled() {
        step.apply(SampleCalls.create(null));

        assertThat(ledger.settled()).isEmpty();
    }

    @Test
    void aWriteStillUnderWayIsSettledWhenItEnds() {
        var call = sent(ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "m", "h"));
        var unfinished = new CompletableFuture<ToolResult<?>>();
        call.unfinished(unfinished);

        step.apply(call);
        assertThat(ledger.settled()).isEmpty();

        unfinished.complete(SampleCalls.ok(SampleCalls.appointment("x", null)));
        assertThat(ledger.settled()).containsExactly(Outcome.DONE);
    }

    @Test
    void theRefusalOfAnInterruptedWriteIsNotBelieved() {
        var call = sent(ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "m", "h"));
        call.unfinished(CompletableFuture.completedFuture(ToolResult.failed(ErrorCode.EHR_UNAVAILABLE, "m", "h")));

        assertSettled(call, Outcome.UNKNOWN);
    }

    @Test
    void aWriteFoundByReadBackNeedsNoWaiting() {
        var call = sent(SampleCalls.ok(SampleCalls.appointment("x", null)));
        call.unfinished(new CompletableFuture<>());

        assertSettled(call, Outcome.DONE);
    }

    @Test
    void aLedgerThatFailsLateIsLogged() {
        var broken = new SettleLedger(new IdempotencyLedger() {
            @Override
            public Claim claim(String key, String digest) {
                return Claim.NEW;
            }

            @Override
            public void settle(String key, Outcome outcome) {
                throw new UncheckedIOException(new IOException("disk full"));
            }
        });
        var call = sent(ToolResult.failed(ErrorCode.OUTCOME_UNKNOWN, "m", "h"));
        call.unfinished(CompletableFuture.completedFuture(new ToolResult.Pending<>("r")));
        try (var log = new CapturedLog()) {
            broken.apply(call);

            assertThat(log.text()).contains("call-1").contains("UncheckedIOException");
        }
    }

    private void assertSettled(ToolCall call, Outcome outcome) {
        step.apply(call);
        assertThat(ledger.settled()).containsExactly(outcome);
    }

    private static ToolCall sent(ToolResult<?> result) {
        var call = claimed();
        call.sent(true);
        call.results().put("alpha", result);
        return call;
    }

    private static ToolCall claimed() {
        var call = SampleCalls.create("k1");
        call.context(call.context().writing("key"));
        call.claimed(IdempotencyLedger.Claim.NEW);
        return call;
    }
}
