package org.ehrhub.server.config;

/** The form of a line of the log. */
public enum LogFormat {
    /** For people. */
    TEXT,
    /** For programs: one JSON object a line. */
    JSON
}
