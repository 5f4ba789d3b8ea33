package org.ehrhub.fhir.client;

import java.util.Set;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/**
 * What the hub looks at in an answer beside the resource that was asked for.
 *
 * @param status the HTTP status, 0 for none
 * @param when when the server says that it may be tried again, as a hint to the caller
 * @param outcome whether an OperationOutcome came instead of anything else (FHIR R4, 2.45)
 * @param issues the codes of its issues
 */
record Answered(int status, String when, boolean outcome, Set<IssueType> issues) {
    static final Answered NOT = new Answered(0, RetryAfter.LATER);

    Answered(int status, String when) {
        this(status, when, false, Set.of());
    }

    /** The same answer, which turned out to be an OperationOutcome. */
    Answered outcome(Set<IssueType> codes) {
        return new Answered(status, when, true, Set.copyOf(codes));
    }
}
