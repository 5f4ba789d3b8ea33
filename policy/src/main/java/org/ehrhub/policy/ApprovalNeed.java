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
}
