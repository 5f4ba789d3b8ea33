package org.ehrhub.routes.steps;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/**
 * Keeps one EHR's trouble its own: at most so many calls at once, none while it has just failed again and again, and no
 * more a second than it allows.
 */
public final class EhrLimits {
    private static final Duration OPEN_FOR = Duration.ofSeconds(5);

    private static final Set<ErrorCode> TROUBLE = Set.of(ErrorCode.EHR_UNAVAILABLE, ErrorCode.OUTCOME_UNKNOWN);

    private final Limits limits;
    private final InstantSource clock;
    private final Map<String, Gate> gates = new ConcurrentHashMap<>();

    /**
     * The same limits for each EHR.
     *
     * @param clock tells how long an EHR in trouble has been left alone
     */
    public EhrLimits(Limits limits, InstantSource clock) {
        this.limits = limits;
        this.clock = clock;
    }

    /** Makes a call of an EHR, or refuses it with {@code EHR_UNAVAILABLE} or {@code RATE_LIMITED}. */
    public ToolResult<?> run(String ehr, Supplier<ToolResult<?>> call) {
        return gates.computeIfAbsent(ehr, name -> new Gate(name, limits, clock)).run(call);
    }

    private static final class Gate {
        private final String ehr;
        private final Semaphore places;
        private final @Nullable RateLimiter pace;
        private final CircuitBreaker breaker;

        Gate(String ehr, Limits limits, InstantSource clock) {
            this.ehr = ehr;
            places = new Semaphore(limits.concurrentCalls());
            pace = limits.callsPerSecond() == 0 ? null : pace(limits.callsPerSecond());
            breaker = CircuitBreaker.of(
                    ehr,
                    CircuitBreakerConfig.custom()
                            .slidingWindowSize(20)
                            .minimumNumberOfCalls(10)
                            .waitDurationInOpenState(OPEN_FOR)
                            .permittedNumberOfCallsInHalfOpenState(2)
                            .clock(clock.withZone(ZoneOffset.UTC))
                            .build());
        }

        private RateLimiter pace(int callsPerSecond) {
            return RateLimiter.of(
                    ehr,
                    RateLimiterConfig.custom()
                            .limitForPeriod(callsPerSecond)
                            .limitRefreshPeriod(Duration.ofSeconds(1))
                            .timeoutDuration(Duration.ZERO)
                            .build());
        }

        ToolResult<?> run(Supplier<ToolResult<?>> call) {
            if (pace != null && !pace.acquirePermission()) {
                return ToolResult.failed(
                        ErrorCode.RATE_LIMITED,
                        "The hub asks `" + ehr + "` no more often than it allows",
                        "Wait a second and call again.");
            }
            if (!breaker.tryAcquirePermission()) {
                return ToolResult.failed(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` has failed several times just now and is left alone for some seconds",
                        "Try again in " + OPEN_FOR.toSeconds() + " seconds; other EHRs are not affected.");
            }
            if (!places.tryAcquire()) {
                breaker.releasePermission();
                return ToolResult.failed(
                        ErrorCode.RATE_LIMITED,
                        "As many calls of `" + ehr + "` as the hub allows are under way",
                        "Wait for answers before you make more calls.");
            }
            try {
                return measured(call);
            } finally {
                places.release();
            }
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
