package org.ehrhub.tools.charts;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code report.list}. */
@Describe(
        title = "List a patient's diagnostic reports",
        value =
                "Lists imaging, pathology and laboratory reports with their conclusions, newest first. Single results: lab.list; the full text: document.get with the row's ref.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record ReportList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "Only this kind: a code such as LAB or RAD, or system|code.", maxLength = 200) @Nullable
        String category,

        @Describe("At or after; with offset.") @Nullable OffsetDateTime from,

        @Describe("Before.") @Nullable OffsetDateTime to,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public ReportList {
        patient.of("Patient", "patient");
        Arguments.code(category, "category");
        Arguments.list(from, to, limit);
    }
}
