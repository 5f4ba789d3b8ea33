package org.ehrhub.routes.steps;

import java.time.Duration;
import org.ehrhub.routes.limits.EhrShares;
import org.ehrhub.routes.limits.Share;

/**
 * How much a call, all calls of one EHR, and those of one caller may take.
 *
 * @param timeLimit how long a call may take altogether
 * @param answerBytes the size of an answer in bytes of UTF-8
 * @param ehrs what all calls of each EHR may use
 * @param caller what one caller may use
 */
public record Limits(Duration timeLimit, int answerBytes, EhrShares ehrs, Share caller) {
    /** 10 seconds, 16 KB, and the usual shares. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 16 * 1024, Share.EHR, Share.CALLER);

    /** Limits that are the same for each EHR. */
    public Limits(Duration timeLimit, int answerBytes, Share ehr, Share caller) {
        this(timeLimit, answerBytes, new EhrShares(ehr), caller);
    }

    /** Limits that leave callers alone. */
    public Limits(Duration timeLimit, int concurrentCalls, int callsPerSecond, int answerBytes) {
        this(timeLimit, answerBytes, new Share(concurrentCalls, callsPerSecond, 0, 0), Share.OPEN);
    }

    /** The same with another time limit. */
    public Limits within(Duration other) {
        return new Limits(other, answerBytes, ehrs, caller);
    }
}
