package org.ehrhub.tools.fhir;

import org.ehrhub.tools.CanonicalTool.Listing;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools that speak FHIR itself. */
public final class FhirTools {
    /** Reads and searches. */
    public static final Listing<FhirQuery, FhirResource> QUERY =
            new Listing<>("fhir.query", FhirQuery.class, FhirResource.class);
    /** Writes one resource. */
    public static final Write<FhirWrite, FhirResource> WRITE =
            new Write<>("fhir.write", FhirWrite.class, FhirResource.class, Risk.HIGH_IMPACT);
    /** Writes several, all or none. */
    public static final Write<FhirTransaction, FhirTransactionOutcome> TRANSACTION =
            new Write<>("fhir.transaction", FhirTransaction.class, FhirTransactionOutcome.class, Risk.HIGH_IMPACT);
    /** Runs an operation that is not known to be a read. */
    public static final Write<FhirOperation, FhirOperationOutcome> OPERATION =
            new Write<>("fhir.operation", FhirOperation.class, FhirOperationOutcome.class, Risk.HIGH_IMPACT);

    private FhirTools() {}
}
