package org.ehrhub.tools.tasks;

import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code task.create}. */
@Describe(
        title = "Create a task",
        value = "Gives somebody a task about a patient. It appears in their work list; task.update ends it.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\",\"title\":\"Call the patient about the HbA1c result\"}")
public record TaskCreate(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "What is to be done.", maxLength = 500)
        String title,

        @Describe("Who is to do it: ehr/Practitioner/id or ehr/Organization/id.") @Nullable
        Reference owner,

        @Describe("By when, with offset.") @Nullable OffsetDateTime due,

        @Describe(
                value = "routine unless given.",
                oneOf = {"routine", "urgent", "asap", "stat"})
        @Nullable
        String priority,

        @Describe("The record it is about: ehr/Type/id.") @Nullable
        Reference about,

        @Describe(value = "What the owner should know.", maxLength = 2000) @Nullable
        String note,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public TaskCreate {
        patient.of("Patient", "patient");
        Arguments.text(title, "title", 500);
        TaskOwner.check(owner);
        Arguments.time(due, "due");
        Arguments.paragraphs(note, "note", 2000);
        Arguments.keys(idempotencyKey, approvalId);
    }
}
