package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.summary}. */
@Describe(
        title = "Summarise a patient's chart",
        value =
                "Reads the main sections of one chart at once: problems, allergies, active medications, newest results and vital signs, last visits. Each section is cut short and says so; the list tools give the rest.",
        example = "{\"patient\":\"stmarys/Patient/sm-0001\"}")
public record PatientSummaryGet(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Most rows of each section; 8 unless given.", minimum = 1, maximum = 25) @Nullable
        Integer rows) {
    /** Checks the arguments. */
    public PatientSummaryGet {
        patient.of("Patient", "patient");
        Arguments.between(rows, "rows", 1, 25);
    }

    /** Most rows of each section, with the default applied. */
    public int mostRows() {
        return rows == null ? 8 : rows;
    }
}
