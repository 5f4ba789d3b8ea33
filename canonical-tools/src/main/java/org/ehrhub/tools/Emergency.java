package org.ehrhub.tools;

import java.time.Instant;

/**
 * What a person says who opens a chart that is closed to them otherwise ("breaks the glass"). It comes from the program that
 * the person uses, never from a model's arguments.
 *
 * @param patient whose chart, and nobody else's
 * @param reason why, in the person's own words; may tell of the patient, so it goes into the audit trail and nowhere else
 * @param purpose the purpose of use, a code of HL7 v3 PurposeOfUse
 * @param at when the person said so
 */
public record Emergency(Reference patient, String reason, String purpose, Instant at) {
    /** Keeps the words out of logs. */
    @Override
    public String toString() {
        return "Emergency";
    }
}
