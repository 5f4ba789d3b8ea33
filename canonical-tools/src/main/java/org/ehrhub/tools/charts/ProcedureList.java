package org.ehrhub.tools.charts;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code procedure.list}. */
@Describe(
        title = "List a patient's procedures",
        value = "Lists procedures that were done or are under way, newest first.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record ProcedureList(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe("At or after; with offset.") @Nullable OffsetDateTime from,

        @Describe("Before.") @Nullable OffsetDateTime to,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public ProcedureList {
        patient.of("Patient", "patient");
        Arguments.list(from, to, limit);
    }
}
