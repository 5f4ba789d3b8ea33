package org.ehrhub.routes.steps;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.limits.EhrLoad;
import org.ehrhub.routes.limits.EhrShares;
import org.ehrhub.routes.limits.FairPlaces;
import org.ehrhub.routes.limits.Pace;
import org.ehrhub.routes.limits.RetryBudget;
import org.ehrhub.routes.limits.Share;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/**
 * Keeps one EHR's trouble its own, and one caller's haste: at most so many calls at once and a second, of which nobody takes
 * what others need, and none while the EHR has just failed again and again.
 */
public final class EhrLimits {
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);

    private static final Set<ErrorCode> TROUBLE = Set.of(ErrorCode.EHR_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN);

    private final EhrShares shares;
    private final InstantSource clock;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    /**
     * The limits of each EHR.
     *
     * @param clock tells how long an EHR in trouble has been left alone
     */
    public EhrLimits(Limits limits, InstantSource clock) {
        this.shares = limits.ehrs();
        this.clock = clock;
    }

    /** Makes a caller's call of an EHR, or refuses it with {@code EHR_UNAVAILABLE} or {@code RATE_LIMITED}. */
    public ToolResult<?> run(String ehr, String principal, Supplier<ToolResult<?>> call) {
        return gate(ehr).run(principal, call);
    }

    /** Notes that a read of an EHR is made for the first time. */
    void reads(String ehr) {
        gate(ehr).retries.made();
    }

    /** Whether a read of an EHR may be made once more. */
    boolean mayRepeat(String ehr) {
        return gate(ehr).mayRepeat();
    }

    /** How an EHR is just now. */
    public EhrLoad load(String ehr) {
        return gate(ehr).load();
    }

    private Gate gate(String ehr) {
        return gates.computeIfAbsent(ehr, name -> new Gate(name, shares.of(name), clock));
    }

    private static final class Gate {
        private final String ehr;
        private final int most;
        private final FairPlaces places;
        private final Pace pace;
        private final RetryBudget retries = new RetryBudget();
        private final CircuitBreaker breaker;
        private final LongAdder tooFast = new LongAdder();
        private final LongAdder tooMany = new LongAdder();
        private final LongAdder leftAlone = new LongAdder();
        private final LongAdder notRepeated = new LongAdder();

        Gate(String ehr, Share share, InstantSource clock) {
            this.ehr = ehr;
            most = share.atOnce() == 0 ? Integer.MAX_VALUE : share.atOnce();
            places = new FairPlaces(most);
            pace = new Pace(share.callsPerSecond(), clock);
            breaker = CircuitBreaker.of(
                    ehr,
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(20)
                            .minimumNumberOfCalls(10)
                            .waitDurationInOpenState(OPEN_FOR)
                            .permittedNumberOfCallsInHalfOpenState(1)
                            .clock(clock.withZone(ZoneOffset.UTC))
                            .build());
        }

        ToolResult<?> run(String principal, Supplier<ToolResult<?>> call) {
            if (!pace.take(principal)) {
                return refused(
                        tooFast,
                        ErrorCode.RATE_LIMITED,
                        "The hub asks `" + ehr + "` no more often than it allows",
                        "Wait 1 second and call again.");
            }
            if (!places.take(principal)) {
                return refused(
                        tooMany,
                        ErrorCode.RATE_LIMITED,
                        "As many calls of `" + ehr + "` as the hub allows you are under way",
                        "Wait for answers, or 1 second, before you make more calls.");
            }
            try {
                return breaker.tryAcquirePermission()
                        ? measured(call)
                        : refused(
                                leftAlone,
                                ErrorCode.EHR_UNAVAILABLE,
                                "`" + ehr + "` has failed several times just now and is left alone for some seconds",
                                "Try again in " + OPEN_FOR.toSeconds() + " seconds; other EHRs are not affected.");
            } finally {
                places.give(principal);
            }
        }

        private static ToolResult<?> refused(LongAdder count, ErrorCode code, String message, String hint) {
            count.increment();
            return ToolResult.failed(code, message, hint);
        }

        boolean mayRepeat() {
            var may = retries.again();
            if (!may) {
                notRepeated.increment();
            }
            return may;
        }

        EhrLoad load() {
            return new EhrLoad(
                    places.taken(),
                    most,
                    breaker.getState().name().toLowerCase(Locale.ROOT),
                    tooFast.sum(),
                    tooMany.sum(),
                    leftAlone.sum(),
                    notRepeated.sum());
        }

        private ToolResult<?> measured(Supplier<ToolResult<?>> call) {
            var start = System.nanoTime();
            var trouble = true;
            try {
                var result = call.get();
                trouble = result instanceof ToolResult.Failed<?> failed && TROUBLE.contains(failed.code());
                return result;
            } finally {
                var took = System.nanoTime() - start;
                if (trouble) {
                    breaker.onError(took, TimeUnit.NANOSECONDS, new CallRefused(ErrorCode.EHR_UNAVAILABLE, ehr, ""));
                } else {
                    breaker.onSuccess(took, TimeUnit.NANOSECONDS);
                }
            }
        }
    }
}
