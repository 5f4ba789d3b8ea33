package org.ehrhub.fhir.charts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Included;
import org.ehrhub.fhir.client.Modifiers;
import org.ehrhub.fhir.client.Query;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.fhir.client.Verdict;
import org.ehrhub.tools.Page;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/** One try of a search: judges each row, makes those that may be shown, and knows afterwards what to say of them. */
final class ChartTry<R extends DomainResource, O extends Record> {
    private static final String NO_REFERENCE = "Left out: %s whose id the hub cannot write as a reference.";
    private static final String UNSORTED =
            "The EHR does not sort these rows: newer ones may be on later pages. Narrow the"
                    + " list, or read it to its end, to be sure of the newest.";

    private final FhirServer server;
    private final ChartType<R, O> type;
    private final ChartSearch<R> search;
    private final boolean all;
    private final Map<String, Integer> leftOut = new LinkedHashMap<>();
    private final Map<String, List<String>> noted = new LinkedHashMap<>();
    private final List<@Nullable TimeSpan> times = new ArrayList<>();
    private boolean anyCame;
    private boolean patientCame;
    private boolean disordered;

    /** A try; of one that does not send every narrowing, what does not fit is not the server's fault. */
    ChartTry(FhirServer server, ChartRequest<R, O> request, boolean all) {
        this.server = server;
        this.type = request.type();
        this.search = request.search();
        this.all = all;
    }

    Query<R, O> query(SearchUrl url) {
        return new Query<>(type.type(), url, (row, included) -> judge(row), this::row);
    }

    /** Rows that were not searched for, those left out that do not fit; none where one of them may not be shown. */
    Optional<Page<O>> given(List<R> rows, Included included) {
        var items = new ArrayList<O>();
        for (var row : rows) {
            switch (judge(row)) {
                case FITS -> items.add(row(row, included));
                case LEFT_OUT -> {}
                case FILTER_IGNORED, MODIFIED, ENTERED_IN_ERROR, UNNAMED, UNREADABLE -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(finished(Page.all(items), true, null));
    }

    /** Whether the server gave nothing at all. */
    boolean nothingCame() {
        return !anyCame;
    }

    /** Whether the server gave anything of the patient. */
    boolean patientCame() {
        return patientCame;
    }

    /** The page as read, with what this try knows of it. */
    Page<O> finished(Page<O> page, boolean fromStart, @Nullable String caveat) {
        var warnings = new ArrayList<>(page.warnings());
        leftOut.forEach((words, number) -> warnings.add(words.formatted(number == 1 ? "1 row" : number + " rows")));
        noted.forEach((words, rows) -> warnings.add(words + " " + String.join(", ", rows)));
        warnings.addAll(type.remarks().apply(page.items()));
        boolean whole = fromStart && page.complete();
        if (search.isNewestFirst() && !whole && (disordered || !all)) {
            warnings.add(UNSORTED);
        }
        if (caveat != null) {
            warnings.add(caveat);
        }
        var items = search.isNewestFirst() && whole && disordered ? newestFirst(page.items()) : page.items();
        return new Page<>(
                items,
                caveat == null ? page.totalOrNull() : null,
                page.nextOrNull(),
                warnings,
                page.truncated() || caveat != null);
    }

    private Verdict judge(R row) {
        anyCame = true;
        if (!search.patient().equals(server.reference(type.subject().apply(row)))) {
            return Verdict.FILTER_IGNORED;
        }
        patientCame = true;
        if (type.mistaken().test(row)) {
            return Verdict.ENTERED_IN_ERROR;
        }
        if (!search.fits(row)) {
            return all ? Verdict.FILTER_IGNORED : Verdict.LEFT_OUT;
        }
        if (!FhirId.isNameable(row)) {
            return leftOut(NO_REFERENCE);
        }
        for (var reason : search.leftOut().entrySet()) {
            if (reason.getValue().test(row)) {
                return leftOut(reason.getKey());
            }
        }
        return isModified(row) ? Verdict.MODIFIED : Verdict.FITS;
    }

    private Verdict leftOut(String words) {
        leftOut.merge(words, 1, Integer::sum);
        return Verdict.LEFT_OUT;
    }

    private boolean isModified(R row) {
        return Modifiers.unknownIn(row)
                || type.parts()
                        .apply(row)
                        .anyMatch(part -> !part.getModifierExtension().isEmpty());
    }

    private O row(R row, Included included) {
        watchOrder(search.time(row));
        search.noted().forEach((words, which) -> {
            if (which.test(row)) {
                noted.computeIfAbsent(words, none -> new ArrayList<>())
                        .add(server.ehr() + "/" + row.fhirType() + "/" + row.getIdPart());
            }
        });
        return type.row().of(row, included);
    }

    private void watchOrder(@Nullable TimeSpan time) {
        disordered |= time != null && times.stream().anyMatch(earlier -> earlier != null && time.isAfter(earlier));
        times.add(time);
    }

    /** Those without a time last, as they are. */
    private List<O> newestFirst(List<O> items) {
        Comparator<Integer> byTime = Comparator.comparing(
                times::get,
                Comparator.nullsLast(Comparator.comparing(TimeSpan::start).reversed()));
        return IntStream.range(0, items.size())
                .boxed()
                .sorted(byTime)
                .map(items::get)
                .toList();
    }
}
