package org.ehrhub.tools.tasks;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code task.update}. */
@Describe(
        title = "Update a task",
        value = "Changes a task's status or owner, or adds a note to it. Give at least one of them.",
        example = "{\"task\":\"stmarys/Task/sm-1002-task-1\",\"status\":\"completed\"}")
public record TaskUpdate(
        @Describe("ehr/Task/id.") Reference task,

        @Describe(
                value = "The new status.",
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
                    "failed"
                })
        @Nullable
        String status,

        @Describe("The new owner.") @Nullable Reference owner,

        @Describe(value = "A note to add.", maxLength = 2000) @Nullable
        String note,

        @Describe(value = "The version the user saw; another one is a CONFLICT.", maxLength = 64) @Nullable
        String version,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public TaskUpdate {
        task.of("Task", "task");
        TaskOwner.check(owner);
        Arguments.paragraphs(note, "note", 2000);
        Arguments.text(version, "version", 64);
        Arguments.keys(idempotencyKey, approvalId);
        if (status == null && owner == null && note == null) {
            throw new InvalidArgument("status", "is missing: give at least one of status, owner or note");
        }
    }
}
