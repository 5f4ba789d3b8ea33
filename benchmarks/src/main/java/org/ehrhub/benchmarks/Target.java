package org.ehrhub.benchmarks;

/**
 * A promise and what was measured.
 *
 * @param name what is promised
 * @param measured what was measured
 * @param limit where the promise ends
 * @param atMost whether less is better
 * @param unit of both figures
 */
public record Target(String name, double measured, double limit, boolean atMost, String unit) {
    /** Less is better. */
    public static Target atMost(String name, double measured, double limit, String unit) {
        return new Target(name, measured, limit, true, unit);
    }

    /** More is better. */
    public static Target atLeast(String name, double measured, double limit, String unit) {
        return new Target(name, measured, limit, false, unit);
    }

    boolean met() {
        return atMost ? measured <= limit : measured >= limit;
    }

    String wanted() {
        return (atMost ? "≤ " : "≥ ") + text(limit);
    }

    String found() {
        return text(measured);
    }

    String verdict() {
        return met() ? "pass" : "miss by " + text(Math.abs(measured - limit));
    }

    private String text(double value) {
        return (unit.equals("%") ? "%.0f " : "%.2f ").formatted(value) + unit;
    }
}
