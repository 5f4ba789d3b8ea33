package org.ehrhub.tools.fhir;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code fhir.transaction}. */
@Describe(
        title = "Run a FHIR transaction",
        value =
                "Does several FHIR R4 writes, all or none. Only where the hub's policy names it; it needs a person's approval.",
        example =
                "{\"ehr\":\"stmarys\",\"bundle\":{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"resource\":{\"resourceType\":\"Task\",\"status\":\"draft\",\"intent\":\"proposal\"},\"request\":{\"method\":\"POST\",\"url\":\"Task\"}}]}}")
public record FhirTransaction(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe("A Bundle of type transaction whose entries create, update, patch or delete.")
        FhirJson bundle,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public FhirTransaction {
        Arguments.ehr(ehr);
        Arguments.keys(idempotencyKey, approvalId);
    }
}
