package org.ehrhub.server.config;

import java.time.Duration;

/**
 * How people are asked to approve calls.
 *
 * @param within how long a person has to decide, and the agent to make the call then
 */
public record ApprovalSettings(@Default("1h") Duration within) {
    /** Checks the time: the ledger knows a write for a day at least. */
    public ApprovalSettings {
        if (within.compareTo(Duration.ofMinutes(1)) < 0 || within.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("within must be from 1m to 24h");
        }
    }
}
