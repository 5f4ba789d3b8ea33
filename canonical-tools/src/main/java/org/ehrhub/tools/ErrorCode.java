package org.ehrhub.tools;

/** Why a tool failed: a closed list, each with whether the same call may simply be tried again. */
public enum ErrorCode {
    /** An argument is missing, malformed or contradicts another; nothing was sent to an EHR. */
    INVALID_INPUT(false),
    /** The EHR holds no such record, or does not show it to this hub. */
    NOT_FOUND(false),
    /** More than one record fits and the hub does not guess. */
    AMBIGUOUS_MATCH(false),
    /** The record or slot was changed or taken by somebody else, or a key was used for another call. */
    CONFLICT(false),
    /** This EHR, or this hub's adapter for it, cannot do it. */
    UNSUPPORTED(false),
    /** Policy, or the EHR's own access rules, do not allow it. */
    DENIED(false),
    /** A person must approve the call first. */
    APPROVAL_REQUIRED(false),
    /** The EHR understood the request and refused it. */
    REJECTED_BY_EHR(false),
    /** Too many calls; try again later. */
    RATE_LIMITED(true),
    /** The EHR could not be reached, or did not answer in time, and nothing was changed. */
    EHR_UNAVAILABLE(true),
    /** A write was sent and its fate is not known; look before trying again. */
    OUTCOME_UNKNOWN(false),
    /** A fault of the hub; the call id finds it in the log. */
    INTERNAL(false);

    private final boolean retryable;

    ErrorCode(boolean retryable) {
        this.retryable = retryable;
    }

    /** Whether the same call may succeed when it is made again unchanged. */
    public boolean retryable() {
        return retryable;
    }
}
