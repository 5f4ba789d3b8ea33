package org.ehrhub.sandbox;

/** How a site of the sandbox can be made to misbehave. */
public enum Fault {
    /** Answers as it should. */
    NONE,
    /** Takes requests and does not answer until the fault changes or the sandbox closes. */
    HANG,
    /** Closes the connection without an answer. */
    DOWN,
    /** Does every write and closes the connection without an answer; reads are answered. */
    LOSES_ANSWERS,
    /** Answers every search with all resources of its type, and says in its self link that it filtered. */
    IGNORES_FILTERS
}
