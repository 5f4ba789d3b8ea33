package org.ehrhub.tools;

/** Why a tool failed: a closed list, each with whether the same call may simply be tried again. */
public enum ErrorCode {
    INVALID_INPUT(
            false,
            "An argument is missing, malformed or contradicts another, or a cursor has expired; nothing was written."),
    NOT_FOUND(false, "The EHR holds no such record, or does not show it to this hub."),
    AMBIGUOUS_MATCH(false, "More than one record fits and the hub does not guess."),
    CONFLICT(false, "The record or slot was changed or taken by somebody else, or a key was used for another call."),
    UNSUPPORTED(false, "This EHR, or this hub's adapter for it, cannot do it."),
    DENIED(false, "Policy, or the EHR's own access rules, do not allow it."),
    APPROVAL_REQUIRED(false, "A person must approve the call first."),
    REJECTED_BY_EHR(false, "The EHR understood the request and refused it."),
    RATE_LIMITED(true, "Too many calls; try again later."),
    EHR_UNAVAILABLE(true, "The EHR could not be reached, or did not answer in time, and nothing was changed."),
    OUTCOME_UNKNOWN(false, "A write was sent and its fate is not known; look before trying again."),
    INTERNAL(false, "A fault of the hub; the call id finds it in the log.");

    private final boolean retryable;
    private final String meaning;

    ErrorCode(boolean retryable, String meaning) {
        this.retryable = retryable;
        this.meaning = meaning;
    }

    /** What the code means, and what to do, for people to read. */
    public String meaning() {
        return meaning;
    }

    /** Whether the same call may succeed when it is made again unchanged. */
    public boolean retryable() {
        return retryable;
    }
}
