package org.ehrhub.fhir.client;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final Set<String> seen = new HashSet<>();
    private final Remarks remarks = new Remarks();
    private final List<String> gaps = new ArrayList<>();
    private @Nullable Long total;
    private int received;
    private int strange;

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
    Cursor take(Bundle page, Cursor place, FhirServer server) {
        if (place.isStart()
                && page.hasTotal()
                && NextLink.usedAll(page, query.search().filters())) {
            total = (long) page.getTotal();
        }
        remarks.take(page);
        var matches = ResultPages.matches(page, query.type(), query.search().isOperation());
        var included = Included.in(page);
        for (int at = place.done(); at < matches.size(); at++) {
            if (full()) {
                return place.after(at);
            }
            consider(matches.get(at), included);
        }
        strange += ResultPages.strange(page, query.type());
        if (!NextLink.isThere(page)) {
            return null;
        }
        var next = NextLink.place(page, server);
        if (next.isEmpty()) {
            gaps.add("More rows exist, but the EHR's next page is at another address, which the hub does not follow.");
            return null;
        }
        var following = place.following(next.get());
        if (following.isEmpty()) {
            gaps.add("The EHR's pages lead in a circle, so rows may be missing.");
        }
        return following.orElse(null);
    }

    /**
     * What was gathered.
     *
     * @param said what must be said along with it in any case
     */
    Page<O> page(@Nullable String next, boolean fromStart, List<String> said) {
        boolean end = next == null && fromStart;
        if (end && gaps.isEmpty() && total != null && total > received) {
            gaps.add("The EHR counts " + total + " rows but gave " + received + ".");
        }
        var dropped = verdicts.keySet().stream().anyMatch(verdict -> verdict != Verdict.FITS);
        boolean truncated = !gaps.isEmpty() || remarks.faulty();
        var believed = dropped || total == null || total < received ? null : total;
        var known = end && !truncated ? Long.valueOf(items.size()) : believed;
        return new Page<>(items, known, next, warnings(said), truncated);
    }

    private void consider(R resource, Included included) {
        received++;
        // A list that changes between two pages shows rows twice.
        if (resource.getIdPart() != null && !seen.add(resource.fhirType() + "/" + resource.getIdPart())) {
            return;
        }
        var verdict = query.test().of(resource, included);
        verdicts.merge(verdict, 1, Integer::sum);
        if (verdict == Verdict.FITS) {
            items.add(query.row().of(resource, included));
        }
    }

    private List<String> warnings(List<String> said) {
        var warnings = new ArrayList<>(said);
        count(warnings, Verdict.FILTER_IGNORED, "The EHR ignored a filter: %s that did not match %s left out.");
        count(
                warnings,
                Verdict.MODIFIED,
                "Withheld: %s with a modifier that the hub does not know, which %s not safe to show.");
        count(warnings, Verdict.ENTERED_IN_ERROR, "Left out: %s that %s entered in error.");
        count(warnings, Verdict.UNNAMED, "Left out: %s whose id the hub cannot write as a reference.");
        count(warnings, Verdict.UNREADABLE, "Left out: %s with a time that the hub cannot read.");
        count(warnings, strange, "Left out: %s that %s of another kind than was asked for.");
        warnings.addAll(remarks.warnings());
        warnings.addAll(gaps);
        return warnings;
    }

    private void count(List<String> warnings, Verdict verdict, String words) {
        count(warnings, verdicts.getOrDefault(verdict, 0), words);
    }

    private static void count(List<String> warnings, int number, String words) {
        if (number > 0) {
            warnings.add(number == 1 ? words.formatted("1 row", "was") : words.formatted(number + " rows", "were"));
        }
    }
}
