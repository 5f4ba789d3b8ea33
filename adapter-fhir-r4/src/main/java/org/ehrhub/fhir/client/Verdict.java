package org.ehrhub.fhir.client;

/** What becomes of a row that the server gave. */
public enum Verdict {
    /** Every argument holds for it. */
    FITS,
    /** An argument that the server was asked to honour does not hold for it. */
    FILTER_IGNORED,
    /** An argument that only the hub looks at does not hold for it. */
    LEFT_OUT,
    /** It holds a modifier that the hub does not know, which may turn its meaning round. */
    MODIFIED,
    /** The server says that it was entered in error. */
    ENTERED_IN_ERROR,
    /** It has no id that the hub could refer to. */
    UNNAMED,
    /** It holds a time that is none of FHIR's. */
    UNREADABLE
}
