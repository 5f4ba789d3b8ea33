package org.ehrhub.fhir.client;

import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.OperationOutcome.IssueSeverity;

/** What a server remarks on a search, in an OperationOutcome among the rows (FHIR R4, 3.1.1.4); its words are not passed on. */
final class Remarks {
    private int faults;
    private int cautions;

    /** Counts those of one page. */
    void take(Bundle page) {
        for (var entry : page.getEntry()) {
            if (entry.getResource() instanceof OperationOutcome outcome) {
                outcome.getIssue().forEach(issue -> count(issue.getSeverity()));
            }
        }
    }

    /** Whether something went wrong, so that rows may be missing. */
    boolean faulty() {
        return faults > 0;
    }

    /** What the caller must know. */
    List<String> warnings() {
        var warnings = new ArrayList<String>();
        if (faults > 0) {
            warnings.add("The EHR says that something went wrong in this search; rows may be missing.");
        }
        if (cautions > 0) {
            warnings.add("The EHR added " + (cautions == 1 ? "1 remark" : cautions + " remarks")
                    + " to this search, which the hub does not show; rows may be missing.");
        }
        return warnings;
    }

    private void count(IssueSeverity severity) {
        if (severity == IssueSeverity.ERROR || severity == IssueSeverity.FATAL) {
            faults++;
        } else if (severity == IssueSeverity.WARNING) {
            cautions++;
        }
    }
}
