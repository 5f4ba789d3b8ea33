package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.rest.server.exceptions.BaseServerResponseException;
import java.util.Map;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request.
 *
 * @param body    null where the status stands alone
 * @param headers besides those of the transport
 */
record FhirAnswer(int status, @Nullable Resource body, Map<String, String> headers) {
    static FhirAnswer of(Resource body) {
        return new FhirAnswer(200, body, Map.of());
    }

    /** A stored resource with its version and the address of that version. */
    static FhirAnswer versioned(int status, Resource stored, String base) {
        String address = base + "/" + stored.fhirType() + "/" + stored.getIdPart() + "/_history/"
                + stored.getMeta().getVersionId();
        String where = status == 201 ? "Location" : "Content-Location";
        return new FhirAnswer(status, stored, Map.of("ETag", ResourceWriter.etag(stored), where, address));
    }

    static FhirAnswer refused(BaseServerResponseException refusal) {
        return failed(refusal.getStatusCode(), String.valueOf(refusal.getMessage()));
    }

    static FhirAnswer failed(int status, String why) {
        var outcome = new OperationOutcome();
        outcome.addIssue()
                .setSeverity(IssueSeverity.ERROR)
                .setCode(issue(status))
                .setDiagnostics(why);
        return new FhirAnswer(status, outcome, Map.of());
    }

    private static IssueType issue(int status) {
        return switch (status) {
            case 404 -> IssueType.NOTFOUND;
            case 410 -> IssueType.DELETED;
            case 405, 406, 415, 501 -> IssueType.NOTSUPPORTED;
            case 409, 412 -> IssueType.CONFLICT;
            case 500 -> IssueType.EXCEPTION;
            default -> IssueType.INVALID;
        };
    }
}
