package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.fhir.client.ResultPages;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.DomainResource;

/** Lists of one patient's records on one FHIR R4 server, by whatever search of it that server supports. */
public final class ChartReading {
    private final FhirServer server;
    private final ResultPages pages;
    private final PatientForm forms = new PatientForm();

    /** The charts of this server. */
    public ChartReading(FhirServer server) {
        this.server = server;
        this.pages = new ResultPages(server);
    }

    /** The server they are on. */
    public FhirServer server() {
        return server;
    }

    /** The rows at the call's place in the list; a row of anybody else never leaves. */
    public <R extends DomainResource, O extends Record> ToolResult<Page<O>> list(
            ChartType<R, O> type, ChartSearch<R> search, int limit, CallContext call) {
        return list(new ChartRequest<>(type, search), limit, call);
    }

    /** The rows at the call's place in the list. */
    <R extends DomainResource, O extends Record> ToolResult<Page<O>> list(
            ChartRequest<R, O> request, int limit, CallContext call) {
        var wanted = new Wanted<>(request, limit, call);
        for (int attempt = 0; ; attempt++) {
            try {
                return listed(wanted, attempt);
            } catch (EhrFailure e) {
                boolean last = call.cursor().isPresent()
                        || attempt + 1 == request.search().attempts();
                // With fewer narrowings an answer that is too large gets larger still.
                if (last || e.code() != ErrorCode.UNSUPPORTED || FhirServer.isTooLarge(e)) {
                    throw e;
                }
            }
        }
    }

    /** The same of rows that came otherwise than by a search; none where one of them may not be shown. */
    <R extends DomainResource, O extends Record> Optional<Page<O>> shown(
            ChartRequest<R, O> request, List<R> rows, Included included, int limit) {
        var all = new ChartTry<>(server, request, false).given(rows, included);
        return all.map(page -> new Page<>(
                page.items().stream().limit(limit).toList(),
                null,
                null,
                page.warnings(),
                page.items().size() > limit));
    }

    private record Wanted<R extends DomainResource, O extends Record>(
            ChartRequest<R, O> request, int limit, CallContext call) {}

    private record Given<O extends Record>(ToolResult<Page<O>> answer, boolean nothing) {}

    /** Nothing found may only mean that the server wants to be told the patient in another form. */
    private <R extends DomainResource, O extends Record> ToolResult<Page<O>> listed(Wanted<R, O> wanted, int attempt) {
        var form = forms.forAttempt(attempt);
        var given = tried(wanted, attempt, form);
        if (!given.nothing() || forms.isKnown()) {
            return given.answer();
        }
        try {
            var again = tried(wanted, attempt, form.other());
            return again.nothing() ? given.answer() : again.answer();
        } catch (EhrFailure e) {
            return given.answer(); // the server has said in the first form that there is nothing
        }
    }

    private <R extends DomainResource, O extends Record> Given<O> tried(
            Wanted<R, O> wanted, int attempt, PatientForm.Form form) {
        var search = wanted.request().search();
        var id = FhirId.of(search.patient(), "patient", server.ehr());
        var url = search.attempt(attempt, wanted.request().type().type().getSimpleName(), form.of(id))
                .written("_count", "" + wanted.limit());
        var rows = new ChartTry<>(server, wanted.request(), attempt == 0);
        var read = pages.read(rows.query(url), wanted.limit(), wanted.call());
        if (rows.patientCame()) {
            forms.worked(form);
        }
        if (!(read instanceof ToolResult.Ok<Page<O>>(var page, var from, var warnings))) {
            return new Given<>(read, false);
        }
        boolean start = wanted.call().cursor().isEmpty();
        var finished = rows.finished(page, start, search.caveat(attempt));
        return new Given<>(
                new ToolResult.Ok<>(finished, from, warnings), start && page.complete() && rows.nothingCame());
    }
}
