package org.ehrhub.fhir.coverage;

import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.fhir.insurance.CoverageRows;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageList;
import org.hl7.fhir.r4.model.Coverage.CoverageStatus;

/** {@code coverage.list}: the insurance on file (FHIR R4, 13.1). */
public final class CoverageListing {
    private final FhirServer server;
    private final ResultPages pages;
    private final CoverageRows rows;

    /** The coverage on this server. */
    public CoverageListing(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
        this.rows = new CoverageRows(server);
    }

    /**
     * Lists one patient's coverage. A status is looked at here: servers promise to search by patient only (US Core 9), and
     * people have few of them.
     */
    public ToolResult<Page<Coverage>> list(CoverageList input, CallContext call) {
        var id = FhirId.of(input.patient(), "patient", server.ehr());
        var url = SearchUrl.of("Coverage")
                .written("patient", "Patient/" + id)
                .written("_count", Integer.toString(input.rows()));
        var query = new Query<>(
                org.hl7.fhir.r4.model.Coverage.class,
                url,
                Query.named((row, included) -> verdict(row, input)),
                (row, included) -> rows.row(row));
        return pages.read(query, input.rows(), call);
    }

    private Verdict verdict(org.hl7.fhir.r4.model.Coverage row, CoverageList wanted) {
        if (!wanted.patient().equals(server.reference(row.getBeneficiary()))) {
            return Verdict.FILTER_IGNORED;
        }
        if (row.getStatus() == CoverageStatus.ENTEREDINERROR) {
            return Verdict.ENTERED_IN_ERROR;
        }
        boolean ofStatus = wanted.status() == null
                || (row.hasStatus() && wanted.status().equals(row.getStatus().toCode()));
        return !ofStatus ? Verdict.LEFT_OUT : Modifiers.unknownIn(row) ? Verdict.MODIFIED : Verdict.FITS;
    }
}
