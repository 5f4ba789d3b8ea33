package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;

/** The input of {@code patient.get}. */
@Describe(
        title = "Get a patient",
        value =
                "Reads one patient's demographics, identifiers and contact details. Use it once patient.search has given"
                        + " you the reference; it does not search, and it does not hold clinical data.")
public record PatientGet(
        @Describe("The patient, as patient.search returned it: ehr/Patient/id.")
        Reference patient) {
    /** Checks the reference's type. */
    public PatientGet {
        patient.of("Patient", "patient");
    }
}
