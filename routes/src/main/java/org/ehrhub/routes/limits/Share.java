package org.ehrhub.routes.limits;

/**
 * How much one caller, or all calls of one EHR, may use; 0 sets no limit.
 *
 * @param atOnce calls under way
 * @param callsPerSecond calls a second
 * @param writesPerDay writes that are sent in a day, UTC
 * @param rowsPerDay rows that are shown in a day, UTC
 */
public record Share(int atOnce, int callsPerSecond, int writesPerDay, int rowsPerDay) {
    /** No limit. */
    public static final Share OPEN = new Share(0, 0, 0, 0);
    /** What one caller may use: far more than a person at work, or an agent for one, needs. */
    public static final Share CALLER = new Share(32, 50, 1000, 50_000);
    /** What all calls of one EHR may use. */
    public static final Share EHR = new Share(64, 0, 0, 0);
}
