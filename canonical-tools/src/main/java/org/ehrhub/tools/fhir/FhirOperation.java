package org.ehrhub.tools.fhir;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code fhir.operation}. */
@Describe(
        title = "Run a FHIR operation",
        value =
                "Runs a FHIR R4 operation that may change something: one that the hub's settings hold for this EHR, and no other. Only where no other tool does it and the hub's policy names it; it needs a person's approval.",
        example =
                "{\"ehr\":\"stmarys\",\"operation\":\"PlanDefinition/$apply\",\"record\":\"stmarys/PlanDefinition/intake\",\"body\":{\"resourceType\":\"Parameters\",\"parameter\":[{\"name\":\"subject\",\"valueString\":\"Patient/123\"}]}}")
public record FhirOperation(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "Type/$name, such as PlanDefinition/$apply.", maxLength = 130)
        String operation,

        @Describe("The record it is run on: ehr/Type/id; without it, it is run on the type.") @Nullable
        Reference record,

        @Describe("What it takes: Parameters, or the one resource.") @Nullable
        FhirJson body,

        @Describe(value = "Yours: with the same key and arguments nothing is done twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public FhirOperation {
        Arguments.ehr(ehr);
        Arguments.text(operation, "operation", 130);
        Arguments.keys(idempotencyKey, approvalId);
        if (record != null && !operation.startsWith(record.type() + "/")) {
            throw new InvalidArgument("record", "must be of the type that stands before the operation");
        }
    }
}
