package org.ehrhub.fhir.client;

import java.util.EnumSet;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.OperationOutcome.IssueType;

/** What it means that a server answered well, by its status, but with an OperationOutcome in place of what was asked for. */
final class Outcomes {
    private static final Set<IssueType> GONE = EnumSet.of(IssueType.NOTFOUND, IssueType.DELETED);
    private static final Set<IssueType> FORBIDDEN = EnumSet.of(
            IssueType.SECURITY,
            IssueType.LOGIN,
            IssueType.UNKNOWN,
            IssueType.EXPIRED,
            IssueType.FORBIDDEN,
            IssueType.SUPPRESSED);
    private static final Set<IssueType> TEMPORARY = EnumSet.of(
            IssueType.TRANSIENT,
            IssueType.LOCKERROR,
            IssueType.NOSTORE,
            IssueType.EXCEPTION,
            IssueType.TIMEOUT,
            IssueType.INCOMPLETE);

    private Outcomes() {}

    /** The failure, by what a caller can do about it; the outcome's words stay where they are. */
    static EhrFailure failure(Answered answered) {
        var issues = answered.issues();
        if (holds(issues, FORBIDDEN)) {
            return FhirFailures.denied();
        }
        if (holds(issues, GONE)) {
            return FhirFailures.noSuchRecord();
        }
        if (issues.contains(IssueType.THROTTLED)) {
            return FhirFailures.busy(answered.when());
        }
        if (issues.contains(IssueType.TOOCOSTLY)) {
            return FhirFailures.tooLarge();
        }
        if (issues.contains(IssueType.NOTSUPPORTED)) {
            return FhirFailures.unsupported();
        }
        return issues.isEmpty() || holds(issues, TEMPORARY)
                ? new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR did not answer as it should.", answered.when())
                : FhirFailures.rejected();
    }

    private static boolean holds(Set<IssueType> issues, Set<IssueType> any) {
        return issues.stream().anyMatch(any::contains);
    }
}
