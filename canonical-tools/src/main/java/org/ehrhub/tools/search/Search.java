package org.ehrhub.tools.search;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code search}. */
@Describe(
        title = "Search",
        value =
                "Finds patients, or one patient's documents, in every EHR you may read; pass a result's id to fetch. Where patient.search and document.search are listed, they say more.",
        example = "{\"query\":\"Hill 1961-04-02\"}")
public record Search(
        @Describe(
                value =
                        "A patient's family name, optionally with given name and birth date (YYYY-MM-DD); or a medical record number; or ehr/Patient/id for that patient's documents.",
                maxLength = 200)
        String query,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements ListInput {
    /** Checks the arguments. */
    public Search {
        Arguments.text(query, "query", 200);
        Arguments.limit(limit);
    }
}
