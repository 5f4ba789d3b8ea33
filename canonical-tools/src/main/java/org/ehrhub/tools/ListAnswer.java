package org.ehrhub.tools;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The form of every list's answer, of one EHR or of many.
 *
 * @param sources each EHR that was asked, also those that gave nothing
 * @param returned the number of rows in {@code items}
 * @param complete whether the lists of all EHRs asked end here with no row missing
 * @param cursor where the list goes on, when it does
 * @param warnings what the caller must know about these rows
 * @param items the rows
 */
public record ListAnswer<T extends Record>(
        @Describe("Each EHR that was asked, with what came of it; also the ones that failed.")
        List<Source> sources,

        @Describe("The number of rows in items.") int returned,

        @Describe("true only if every EHR answered and, after the pages you were given, no matching row is missing.")
        boolean complete,

        @Describe("Present when there is more: pass it as `cursor`, with the same other arguments, to read on.")
        @Nullable
        String cursor,

        @Describe("What you must know about these rows before you rely on them.")
        List<String> warnings,

        @Describe("The rows.") List<T> items) {

    /**
     * What came of asking one EHR.
     *
     * @param ehr the EHR
     * @param status {@code ok}, or the name of the {@link ErrorCode} of its failure
     * @param asOf when it was read
     * @param returned the number of rows it gave
     * @param total the number of rows it says it has, where it says so
     * @param complete whether its list ends here with no row missing
     */
    public record Source(
            @Describe("The EHR.") String ehr,

            @Describe("ok, or the error code of what went wrong with this EHR.")
            String status,

            @Describe("When the EHR was read (UTC).") Instant asOf,
            @Describe("The number of rows this EHR gave.") int returned,

            @Describe("The number of matching rows this EHR holds, where it says so.") @Nullable
            Long total,

            @Describe("Whether, after the pages you were given, no matching row of this EHR is missing.")
            boolean complete) {}
}
