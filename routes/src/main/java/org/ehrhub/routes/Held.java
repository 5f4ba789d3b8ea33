package org.ehrhub.routes;

import java.time.Instant;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.Policy;

/**
 * What a call is held to.
 *
 * @param policy the policy, whatever is reloaded meanwhile
 * @param at the time it is judged by
 * @param around what was decided of the composite call around it; {@link Decision#OPEN} where there is none
 */
record Held(Policy policy, Instant at, Decision around) {}
