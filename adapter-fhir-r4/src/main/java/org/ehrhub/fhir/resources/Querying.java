package org.ehrhub.fhir.resources;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Modifiers;
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
import org.hl7.fhir.r4.model.DomainResource;
import org.hl7.fhir.r4.model.Resource;

/** {@code fhir.query}: reads and searches what no other tool gives (FHIR R4, 3.1.0.1 and 3.1.1). */
final class Querying {
    private final FhirServer server;
    private final ResultPages pages;
    private final QueryTypes types;
    private final OwnReferences own;
    private final FilterMatch match;
    private final OperationReading operations;
    private final GraphReading graphs;

    /** Queries of these types on a server, with operations that read. */
    Querying(FhirServer server, QueryTypes types, AllowedOperations operations, StoredQueries graphs) {
        this.server = server;
        this.operations = new OperationReading(server, types, operations);
        this.graphs = new GraphReading(server, graphs);
        this.pages = new ResultPages(server);
        this.types = types;
        this.own = new OwnReferences(server, "path");
        this.match = new FilterMatch(server);
    }

    /** Reads one record, or lists those that fit; what is refused is refused before anything is sent. */
    ToolResult<Page<FhirResource>> query(FhirQuery input, CallContext call) {
        if (StoredQueries.isOne(input.path())) {
            return graphs.read(input, call);
        }
        if (OperationPath.isOne(input.path())) {
            return operations.read(input, call);
        }
        var path = QueryPath.parse(input.path(), types, own);
        int rows = path.rows(input.limit(), ListInput.DEFAULT_LIMIT);
        if (path.id() != null) {
            return one(path.type(), path.id(), call);
        }
        return search(SearchParams.type(path.type()), path, rows, call);
    }

    private ToolResult<Page<FhirResource>> one(String type, String id, CallContext call) {
        mustBegin(call);
        var found = server.readAny(type, id, call);
        mustBeShowable(found);
        var provenance = server.provenance(found);
        var rows = new ResourceRows(server);
        var item = rows.row(found);
        return new ToolResult.Ok<>(new Page<>(List.of(item), 1L, null, rows.warnings()), provenance);
    }

    /** Sees that a call that gives one record does not go on anywhere. */
    static void mustBegin(CallContext call) {
        if (call.cursor().isPresent()) {
            throw Refused.of("cursor", "does not belong to a read of one record.", "Leave it out.");
        }
    }

    /**
     * Sees that a record that is all there is may be shown.
     *
     * @throws EhrFailure when it was entered in error, or may mean something else than it seems to
     */
    static void mustBeShowable(Resource found) {
        switch (state(found)) {
            case ENTERED_IN_ERROR ->
                throw new EhrFailure(
                        ErrorCode.NOT_FOUND,
                        "The EHR says that this record was entered in error.",
                        "Search for the right one.");
            case MODIFIED ->
                throw new EhrFailure(
                        ErrorCode.UNSUPPORTED,
                        "The record carries a modifier that the hub does not know and that may change its meaning.",
                        "Look at this record in the EHR itself.");
            default -> {}
        }
    }

    private <R extends Resource> ToolResult<Page<FhirResource>> search(
            Class<R> type, QueryPath path, int rows, CallContext call) {
        var shown = new ResourceRows(server);
        var query = new Query<>(
                type,
                path.url(rows),
                (row, included) -> verdict(row, path.filters()),
                (row, included) -> shown.row(row));
        return warned(pages.read(query, rows, call), shown.warnings());
    }

    private Verdict verdict(Resource row, List<Filter> filters) {
        return filters.stream().allMatch(filter -> filter.mayHold(row, match)) ? state(row) : Verdict.FILTER_IGNORED;
    }

    /** What a record says of itself that keeps it back. */
    static Verdict state(Resource row) {
        if (Elements.enteredInError(row)) {
            return Verdict.ENTERED_IN_ERROR;
        }
        boolean modified =
                row.hasImplicitRules() || (row instanceof DomainResource domain && Modifiers.unknownIn(domain));
        return modified ? Verdict.MODIFIED : Verdict.FITS;
    }

    /** The same answer with more to be said about it. */
    static ToolResult<Page<FhirResource>> warned(ToolResult<Page<FhirResource>> found, List<String> more) {
        if (!(found instanceof ToolResult.Ok<Page<FhirResource>>(var page, var from, var none))) {
            return found;
        }
        var warnings = new ArrayList<>(page.warnings());
        warnings.addAll(more);
        return new ToolResult.Ok<>(
                new Page<>(page.items(), page.totalOrNull(), page.nextOrNull(), warnings, page.truncated()),
                from,
                none);
    }
}
