package org.ehrhub.policy;

/** Whether a call needs a person's approval, the strictest last. */
public enum ApprovalNeed {
    /** It needs none. */
    NONE,
    /** A person approves it; whoever called may be that person, at the hub's own page. */
    PERSON,
    /** Another person than whoever called approves it. */
    FOUR_EYES;

    /** The stricter of two. */
    public ApprovalNeed or(ApprovalNeed other) {
        return compareTo(other) < 0 ? other : this;
    }

    /** Whether who has this approval needs no other. */
    public boolean covers(ApprovalNeed other) {
        return compareTo(other) >= 0;
    }

    /**
     * Whether the approval of one principal does for a call of another. Principals are compared, never the programs they use.
     * Those whom no issuer vouches for, on this machine's own channels, may all be one person.
     */
    public boolean isMetBy(String approver, String requester) {
        var areTwo = !approver.equals(requester) && (isVouchedFor(approver) || isVouchedFor(requester));
        return this != FOUR_EYES || areTwo;
    }

    /** As {@link org.ehrhub.tools.Caller#principal} writes it: no issuer's address holds a bar. */
    private static boolean isVouchedFor(String principal) {
        return principal.indexOf('|') >= 0;
    }
}
