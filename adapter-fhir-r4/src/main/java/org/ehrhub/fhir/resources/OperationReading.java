package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.fhir.FhirQuery;
import org.ehrhub.tools.fhir.FhirResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;

/**
 * Operations that read (FHIR R4, 3.2): one GET, whose answer is given record by record, so that what policy says of records
 * holds for each. What cannot be told apart so is refused.
 */
final class OperationReading {
    private final FhirServer server;
    private final QueryTypes types;
    private final AllowedOperations allowed;
    private final OwnReferences own;
    private final ResultPages pages;

    OperationReading(FhirServer server, QueryTypes types, AllowedOperations allowed) {
        this.server = server;
        this.types = types;
        this.allowed = allowed;
        this.own = new OwnReferences(server, "path");
        this.pages = new ResultPages(server);
    }

    /** The records that an operation answers with; what is refused is refused before anything is sent. */
    ToolResult<Page<FhirResource>> read(FhirQuery input, CallContext call) {
        var path = OperationPath.parse(input.path(), allowed, own);
        int rows = input.limit() == null ? ListInput.DEFAULT_LIMIT : input.limit();
        var shown = new Shown();
        var query = new Query<>(
                Resource.class, path.url(), (row, along) -> shown.verdict(row), (row, along) -> shown.row(row));
        if (call.cursor().isPresent()) {
            return Querying.warned(pages.read(query, rows, call), shown.warnings());
        }
        var answer = server.operation(path.url().text(), null, false, Resource.class, call);
        return answer instanceof Bundle first
                ? Querying.warned(pages.read(query, first, rows, call), shown.warnings())
                : one(answer, path);
    }

    /** The one resource that is the answer; of its own label the hub knows, of what it may carry within it does not. */
    private ToolResult<Page<FhirResource>> one(Resource answer, OperationPath path) {
        boolean values = switch (answer.fhirType()) {
            case "Parameters", "OperationOutcome" -> true;
            default -> false;
        };
        if (values ? !isOfNobodyElse(path) || ParameterValues.holdsRecords(answer) : !isShown(answer, path)) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "The operation answered with something of which the hub cannot tell whose it is or who may see it.",
                    "Use the tool made for it, if there is one; else look in the EHR itself.");
        }
        Querying.mustBeShowable(answer);
        var from = server.provenance(answer);
        var rows = new ResourceRows(server);
        var row = rows.row(answer);
        var item = values && path.type().equals("Patient")
                ? new FhirResource(
                        row.ref(),
                        row.version(),
                        row.resource(),
                        FhirId.reference(server.ehr(), "Patient/" + path.id()))
                : row;
        return new ToolResult.Ok<>(new Page<>(List.of(item), 1L, null, rows.warnings()), from);
    }

    private boolean isShown(Resource answer, OperationPath path) {
        return types.allow(answer.fhirType()) || answer.fhirType().equals(path.type());
    }

    /** Whether values that name no patient can only be of the one who was asked about, or of nobody. */
    private static boolean isOfNobodyElse(OperationPath path) {
        return path.type().equals("Patient")
                ? path.id() != null
                : PatientOf.elements(path.type()).isEmpty();
    }

    /** The records of one answer that are given, and how many are not because of their type. */
    private final class Shown {
        private final ResourceRows rows = new ResourceRows(server);
        private int ofOtherTypes;

        Verdict verdict(Resource row) {
            if (types.allow(row.fhirType())) {
                return Querying.state(row);
            }
            ofOtherTypes++;
            return Verdict.LEFT_OUT;
        }

        FhirResource row(Resource row) {
            return rows.row(row);
        }

        List<String> warnings() {
            if (ofOtherTypes == 0) {
                return rows.warnings();
            }
            var warnings = new ArrayList<>(rows.warnings());
            warnings.add("Left out: " + (ofOtherTypes == 1 ? "1 row" : ofOtherTypes + " rows")
                    + " of types that this tool does not touch.");
            return warnings;
        }
    }
}
