package org.ehrhub.tools.coverage;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code priorauth.submit}. */
@Describe(
        title = "Request prior authorisation",
        value =
                "Sends a prior authorisation request to the payer (Da Vinci PAS). It needs a person's approval. A pended one is followed with priorauth.status.",
        example =
                "{\"order\":\"stmarys/ServiceRequest/sm-1001-order-2\",\"coverage\":\"stmarys/Coverage/sm-1001-cov-1\",\"diagnosis\":\"icd10cm|G43.909\"}")
public record PriorAuthSubmit(
        @Describe("What needs authorisation: ehr/ServiceRequest/id.")
        Reference order,

        @Describe("ehr/Coverage/id, from coverage.list.") Reference coverage,

        @Describe(value = "Why, system|code: icd10cm|G43.909.", maxLength = 200)
        String diagnosis,

        @Describe(value = "How many units; 1 unless given.", minimum = 1, maximum = 999) @Nullable
        Integer quantity,

        @Describe(value = "What the payer should know.", maxLength = 2000) @Nullable
        String note,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public PriorAuthSubmit {
        order.of("ServiceRequest", "order");
        coverage.of("Coverage", "coverage");
        Arguments.code(diagnosis, "diagnosis");
        Arguments.paragraphs(note, "note", 2000);
        Arguments.keys(idempotencyKey, approvalId);
    }
}
