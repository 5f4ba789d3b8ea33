package org.ehrhub.tools.tasks;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** The input of {@code task.list}. */
@Describe(
        title = "List tasks",
        value =
                "Lists tasks of one patient, of one owner, or of an EHR, newest first; open ones only unless `status` says otherwise.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\"}")
public record TaskList(
        @Describe(value = "Only this EHR; else all you may read.", maxLength = 32) @Nullable
        String ehr,

        @Describe("Only of this patient: ehr/Patient/id.") @Nullable
        Reference patient,

        @Describe("Only of this owner: ehr/Practitioner/id or ehr/Organization/id.") @Nullable
        Reference owner,

        @Describe(
                value = "Only with this status; any for all.",
                oneOf = {
                    "draft",
                    "requested",
                    "received",
                    "accepted",
                    "rejected",
                    "ready",
                    "in-progress",
                    "on-hold",
                    "completed",
                    "cancelled",
                    "failed",
                    "any"
                })
        @Nullable
        String status,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the arguments. */
    public TaskList {
        Arguments.ehr(ehr);
        Arguments.reference(patient, "Patient", "patient");
        TaskOwner.check(owner);
        Arguments.limit(limit);
    }
}
