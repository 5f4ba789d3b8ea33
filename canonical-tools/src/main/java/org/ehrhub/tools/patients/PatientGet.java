package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.get}. */
@Describe(
        title = "Get a patient",
        value =
                "Reads one patient's demographics, identifiers and contact details. Use it once patient.search has given you the reference; it does not search, and it does not hold clinical data.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\"}")
public record PatientGet(
        @Describe("As patient.search returned it: ehr/Patient/id.")
        Reference patient,

        @Describe("true for every name part, identifier, contact and address; else the main ones.") @Nullable
        Boolean details) {
    /** Checks the arguments. */
    public PatientGet {
        patient.of("Patient", "patient");
    }

    /** Asks for the main things. */
    public PatientGet(Reference patient) {
        this(patient, null);
    }
}
