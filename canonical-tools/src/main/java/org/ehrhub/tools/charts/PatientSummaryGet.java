package org.ehrhub.tools.charts;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.summary}. */
@Describe(
        title = "Summarise a patient's chart",
        value =
                "Reads the main sections of one chart at once: problems, allergies, medications, newest results, last visits. Sections are cut short and say so.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record PatientSummaryGet(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Rows of each section; default 8.", minimum = 1, maximum = 25) @Nullable
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
