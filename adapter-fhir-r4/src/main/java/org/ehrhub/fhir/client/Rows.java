package org.ehrhub.fhir.client;

import java.net.URI;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.tools.Page;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The rows gathered so far, and what became of those that are not among them. */
final class Rows<R extends Resource, O extends Record> {
    private final Query<R, O> query;
    private final int limit;
    private final List<O> items = new ArrayList<>();
    private final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
    private boolean elsewhere;
    private @Nullable Long total;

    Rows(Query<R, O> query, int limit) {
        this.query = query;
        this.limit = limit;
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    boolean full() {
        return items.size() >= limit;
    }

    /** Takes what the page has, from the place on; says where the list goes on, null at its end. */
    @Nullable
    Cursor take(Bundle page, @Nullable Cursor place, URI base) {
        if (place == null
                && page.hasTotal()
                && NextLink.usedAll(page, query.search().filters())) {
            total = (long) page.getTotal();
        }
        var matches = ResultPages.matches(page, query.type());
        var included = Included.in(page);
        for (int at = place == null ? 0 : place.done(); at < matches.size(); at++) {
            if (full()) {
                return new Cursor(at, place == null ? "/" + query.search().text() : place.place());
            }
            consider(matches.get(at), included);
        }
        if (!NextLink.isThere(page)) {
            return null;
        }
        var next = NextLink.place(page, base);
        elsewhere = next.isEmpty();
        return next.map(found -> new Cursor(0, found)).orElse(null);
    }

    Page<O> page(@Nullable String next, boolean fromStart) {
        var dropped = verdicts.keySet().stream().anyMatch(verdict -> verdict != Verdict.FITS);
        boolean whole = next == null && !elsewhere && fromStart;
        var known = whole ? Long.valueOf(items.size()) : dropped ? null : total;
        return new Page<>(items, known, next, warnings(), elsewhere);
    }

    private void consider(R resource, Included included) {
        var verdict = query.test().of(resource, included);
        verdicts.merge(verdict, 1, Integer::sum);
        if (verdict == Verdict.FITS) {
            items.add(query.row().of(resource, included));
        }
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        count(warnings, Verdict.FILTER_IGNORED, "The EHR ignored a filter: %s that did not match %s left out.");
        count(
                warnings,
                Verdict.MODIFIED,
                "Withheld: %s with a modifier that the hub does not know, which %s not safe to show.");
        count(warnings, Verdict.ENTERED_IN_ERROR, "Left out: %s that %s entered in error.");
        if (elsewhere) {
            warnings.add(
                    "More rows exist, but the EHR's next page is at another address, which the hub does not follow.");
        }
        return warnings;
    }

    private void count(List<String> warnings, Verdict verdict, String words) {
        int number = verdicts.getOrDefault(verdict, 0);
        if (number > 0) {
            warnings.add(number == 1 ? words.formatted("1 row", "was") : words.formatted(number + " rows", "were"));
        }
    }
}
