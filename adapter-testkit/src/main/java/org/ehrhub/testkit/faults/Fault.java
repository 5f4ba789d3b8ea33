package org.ehrhub.testkit.faults;

/** One way in which an EHR misbehaves; answers that should not be there hold {@link Marker#NAME}, a person's name. */
public enum Fault {
    /** It cannot be reached. */
    DOWN,
    /** It takes requests, does nothing and never answers. */
    HANGS,
    /** It takes {@value #SLOW_MILLIS} ms longer for each request. */
    SLOW,
    /** It does what it is asked and closes the connection instead of answering. */
    DROPS_CONNECTIONS,
    /** It does what it is asked and never answers. */
    LOSES_ANSWERS,
    /** It closes the connection in the middle of its answer. */
    CUTS_OFF,
    /** It has too much to do (RFC 6585, 4: 429) and does not say for how long. */
    BUSY,
    /** It has too much to do and wants to be left alone for an hour (RFC 9110, 10.2.3: Retry-After). */
    BUSY_FOR_LONG,
    /** It does not let the hub in: 403. */
    FORBIDS,
    /** It fails: 500. */
    FAILS,
    /** It answers with a web page: 200. */
    ANSWERS_HTML,
    /** It answers with an error in words: a 200 that holds an OperationOutcome. */
    ANSWERS_OUTCOME,
    /** It sends the caller to another host. */
    REDIRECTS,
    /** The next page of each list is on another host. */
    LEADS_AWAY,
    /** The next page of each list is the same page again. */
    LOOPS,
    /** It says that each list has {@value #WRONG_TOTAL} rows. */
    MISCOUNTS,
    /** It answers each search with everybody's rows. */
    IGNORES_FILTERS,
    /** Its answers have {@value #HUGE_BYTES} bytes. */
    HUGE;

    /** How many milliseconds more {@link #SLOW} takes. */
    public static final int SLOW_MILLIS = 100;

    /** How many rows {@link #MISCOUNTS} speaks of. */
    public static final int WRONG_TOTAL = 9999;

    /** How many bytes {@link #HUGE} sends, unless the reader stops. */
    public static final int HUGE_BYTES = 50 * 1024 * 1024;

    /** Which requests a fault strikes. */
    public enum On {
        /** All. */
        EVERYTHING,
        /** Those that may change something. */
        WRITES
    }
}
