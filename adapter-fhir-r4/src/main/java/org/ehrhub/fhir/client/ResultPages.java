package org.ehrhub.fhir.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.OperationOutcome;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One page of the hub out of as many pages of the server as it takes: servers page as small as they like. Stops at the
 * caller's limit, at the end, after {@value #MOST_PAGES} pages, and before the deadline.
 */
public final class ResultPages {
    private static final int MOST_PAGES = 50;
    private static final Duration SPARE = Duration.ofMillis(100);

    private final FhirServer server;

    /** The lists of one server. */
    public ResultPages(FhirServer server) {
        this.server = server;
    }

    /** The rows at the call's place in the list. */
    public <R extends Resource, O extends Record> ToolResult<Page<O>> read(
            Query<R, O> query, int limit, CallContext call) {
        return read(query, null, limit, call);
    }

    /**
     * The rows of a list whose first page is there.
     *
     * @param first what the list's beginning was answered with; none where that is still to be asked for
     */
    public <R extends Resource, O extends Record> ToolResult<Page<O>> read(
            Query<R, O> query, @Nullable Bundle first, int limit, CallContext call) {
        var rows = new Rows<>(query, limit);
        var place = call.cursor().map(Cursor::parse).orElseGet(() -> Cursor.first(query.search()));
        for (int pages = 0; place != null && pages < MOST_PAGES; pages++) {
            var started = server.clock().instant();
            var page = first != null && pages == 0 ? first : fetch(place, rows, call);
            if (page == null) {
                break;
            }
            place = rows.take(page, place, server);
            var took = Duration.between(started, server.clock().instant());
            if (rows.full() || late(took, call)) {
                break;
            }
        }
        var next = place == null ? null : place.text();
        var said = server.habits().remarks(query.search().text().split("[/?]", 2)[0], call);
        return new ToolResult.Ok<>(rows.page(next, call.cursor().isEmpty(), said), server.provenance(null));
    }

    /**
     * All rows of a search that is needed whole.
     *
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when they cannot all be had, or one of them cannot be named
     */
    public <R extends Resource> List<R> all(Class<R> type, SearchUrl search, CallContext call) {
        var found = new ArrayList<R>();
        var seen = new HashSet<String>();
        var place = Cursor.first(search);
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            var page = server.at(place, call);
            var rows = matches(page, type);
            if (!rows.stream().allMatch(FhirId::isNameable)) {
                throw endless();
            }
            rows.stream().filter(row -> seen.add(row.getIdPart())).forEach(found::add);
            var remarks = new Remarks();
            remarks.take(page);
            if (remarks.faulty() || page.getEntry().stream().anyMatch(ResultPages::isHollow)) {
                throw endless();
            }
            if (!NextLink.isThere(page)) {
                return found;
            }
            place = NextLink.place(page, server).flatMap(place::following).orElseThrow(ResultPages::endless);
        }
        throw endless();
    }

    private static EhrFailure endless() {
        return new EhrFailure(
                ErrorCode.EHR_UNAVAILABLE,
                "The EHR did not give all rows that the hub needs for this.",
                "Try again later; if it stays so, ask the hub's operator to check this EHR's base-url.");
    }

    /** A page; null when it failed after rows were gathered, which are given then, with this page as the next. */
    private @Nullable Bundle fetch(Cursor place, Rows<?, ?> rows, CallContext call) {
        try {
            return server.at(place, call);
        } catch (EhrFailure e) {
            boolean later = e.code().retryable() || e.code() == ErrorCode.INVALID_INPUT;
            if (rows.isEmpty() || !later) {
                throw e;
            }
            return null;
        }
    }

    private boolean late(Duration took, CallContext call) {
        return call.remaining(server.clock()).compareTo(took.multipliedBy(2).plus(SPARE)) < 0;
    }

    /** The entries of a page that are rows, not things sent along with them. */
    static <R extends Resource> List<R> matches(Bundle page, Class<R> type) {
        return matches(page, type, false);
    }

    /**
     * The entries of a page that are rows.
     *
     * @param along whether what is sent along is one, as in the answer of an operation
     */
    static <R extends Resource> List<R> matches(Bundle page, Class<R> type, boolean along) {
        return page.getEntry().stream()
                .filter(entry -> isRow(entry.getSearch().getMode(), along))
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    private static boolean isRow(@Nullable SearchEntryMode mode, boolean along) {
        return mode == null || mode == SearchEntryMode.MATCH || (along && mode == SearchEntryMode.INCLUDE);
    }

    /** How many entries claim to be rows but hold nothing, or another type; an OperationOutcome is a remark. */
    static int strange(Bundle page, Class<? extends Resource> type) {
        return (int) page.getEntry().stream()
                .filter(entry -> entry.getSearch().getMode() == SearchEntryMode.MATCH || isHollow(entry))
                .map(Bundle.BundleEntryComponent::getResource)
                .filter(resource -> !type.isInstance(resource) && !(resource instanceof OperationOutcome))
                .count();
    }

    /** Whether an entry may have been a row, and nothing of it is left. */
    private static boolean isHollow(Bundle.BundleEntryComponent entry) {
        return entry.getResource() == null && entry.getSearch().getMode() != SearchEntryMode.INCLUDE;
    }
}
