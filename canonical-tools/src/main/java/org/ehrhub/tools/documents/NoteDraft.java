package org.ehrhub.tools.documents;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code note.draft}. */
@Describe(
        title = "Draft a note",
        value =
                "Puts an unsigned note into the chart for a clinician to review; it is marked preliminary and signs nothing. Use it for text a person will check.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"title\":\"Call about results\",\"text\":\"Patient asked for the result of the last HbA1c.\"}")
public record NoteDraft(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "What it is called.", maxLength = 200)
        String title,

        @Describe(value = "The note, plain text.", maxLength = 50000)
        String text,

        @Describe(value = "Kind of note; loinc|11506-3, progress note, unless given.", maxLength = 200) @Nullable
        String type,

        @Describe("The visit it belongs to: ehr/Encounter/id.") @Nullable
        Reference encounter,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public NoteDraft {
        patient.of("Patient", "patient");
        Arguments.text(title, "title", 200);
        Arguments.paragraphs(text, "text", 50_000);
        Arguments.code(type, "type");
        Arguments.reference(encounter, "Encounter", "encounter");
        Arguments.keys(idempotencyKey, approvalId);
    }
}
