package org.ehrhub.policy;

/** What the patient's own consent (FHIR R4 Consent) has to do with a chart being opened. */
public enum ConsentNeed {
    /** Nothing. */
    NONE,
    /** A consent that denies it closes the chart. */
    DENY,
    /** The chart is closed unless a consent permits it, and none denies it. */
    REQUIRED
}
