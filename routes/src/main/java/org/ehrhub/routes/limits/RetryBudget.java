package org.ehrhub.routes.limits;

/**
 * How many reads may be tried again: one for every {@value #EACH} that are made, and {@value #SAVED} saved up at most, so that an EHR
 * in trouble is not asked twice as often as one that is well.
 */
public final class RetryBudget {
    private static final int EACH = 10;
    private static final int SAVED = 10;

    private int saved = EACH * SAVED;

    /** A read is made. */
    public synchronized void made() {
        saved = Math.min(EACH * SAVED, saved + 1);
    }

    /** Whether one may be made once more. */
    public synchronized boolean again() {
        var enough = saved >= EACH;
        if (enough) {
            saved -= EACH;
        }
        return enough;
    }
}
