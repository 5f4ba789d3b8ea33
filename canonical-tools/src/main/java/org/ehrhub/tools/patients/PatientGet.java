package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.get}. */
@Describe(
        title = "Get a patient",
        value =
                "Reads one patient's demographics and contact details, no clinical data. patient.search finds the reference.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record PatientGet(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("true for all identifiers, contacts and addresses.") @Nullable
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
