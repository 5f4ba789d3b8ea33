package org.ehrhub.routes.steps;

import java.time.Duration;

/**
 * How much a call, and all calls of one EHR, may take.
 *
 * @param timeLimit how long a call may take altogether
 * @param concurrentCalls calls of one EHR at once
 * @param callsPerSecond calls of one EHR a second; 0 for as many as come
 * @param answerBytes the size of an answer in bytes of UTF-8
 */
public record Limits(Duration timeLimit, int concurrentCalls, int callsPerSecond, int answerBytes) {
    /** 10 seconds, 64 calls at once, no pace, 16 KB. */
    public static final Limits DEFAULT = new Limits(Duration.ofSeconds(10), 64, 0, 16 * 1024);
}
