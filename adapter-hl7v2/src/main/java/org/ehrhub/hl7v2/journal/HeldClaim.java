package org.ehrhub.hl7v2.journal;

import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.journal.Claim;

/** A message that this process holds: until when, and whether it has been begun. */
final class HeldClaim {
    private final Claim claim;
    private final AtomicReference<Step> step = new AtomicReference<>(Step.WAITING);
    private volatile long until;

    private enum Step {
        WAITING,
        BEGUN,
        LEFT
    }

    HeldClaim(Claim claim, long until) {
        this.claim = claim;
        this.until = until;
    }

    Claim claim() {
        return claim;
    }

    /** Holds on to it until then, in the time of {@link System#nanoTime}. */
    void hold(long until) {
        this.until = until;
    }

    /** Whether this process may still take it for its own. */
    boolean isHeld() {
        return until - System.nanoTime() > 0;
    }

    /** Begins it; not once it is left to others. */
    boolean begin() {
        return isHeld() && step.compareAndSet(Step.WAITING, Step.BEGUN);
    }

    /** Leaves it to others; not once it is begun. */
    boolean leave() {
        return step.compareAndSet(Step.WAITING, Step.LEFT);
    }

    boolean isOf(Claim other) {
        return claim.id() == other.id() && claim.lease().equals(other.lease());
    }
}
