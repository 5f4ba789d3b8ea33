package org.ehrhub.fhir.charts;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.ehrhub.fhir.client.SearchUrl;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Reference;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DomainResource;
import org.jspecify.annotations.Nullable;

/**
 * A search of one patient's records as a call asks for it: each narrowing is sent to the server and looked at again on each
 * row. What US Core has every server support is asked for first of all; a server that refuses the rest is asked without it.
 */
public final class ChartSearch<R extends DomainResource> {
    private final Reference patient;
    private final List<Consumer<SearchUrl>> usual = new ArrayList<>();
    private final List<Consumer<SearchUrl>> wished = new ArrayList<>();
    private final List<Predicate<R>> tests = new ArrayList<>();
    private final Map<String, Predicate<R>> leftOut = new LinkedHashMap<>();
    private final Map<String, Predicate<R>> noted = new LinkedHashMap<>();
    private @Nullable Function<R, @Nullable TimeSpan> newestBy;
    private Consumer<SearchUrl> only = url -> {};
    private @Nullable String onlyCaveat;

    /** All of one patient's. */
    public ChartSearch(Reference patient) {
        this.patient = patient;
    }

    /** Only those with a code that every server can search by. */
    public ChartSearch<R> usual(String name, CodeToken wanted, Function<R, List<CodeableConcept>> held) {
        usual.add(url -> url.token(name, wanted));
        tests.add(row -> Concepts.hold(held.apply(row), wanted));
        return this;
    }

    /** Something that some servers want to be told and that narrows nothing. */
    ChartSearch<R> usual(String name, List<String> values) {
        usual.add(url -> url.anyOf(name, values));
        return this;
    }

    /** Only those with a code; all where none is given. */
    public ChartSearch<R> coded(String name, @Nullable CodeToken wanted, Function<R, List<CodeableConcept>> held) {
        if (wanted != null) {
            wished.add(url -> url.token(name, wanted));
            tests.add(row -> Concepts.hold(held.apply(row), wanted));
        }
        return this;
    }

    /** Only those with one of these statuses; all where none is given. */
    ChartSearch<R> status(String name, List<String> wanted, Function<R, @Nullable String> held) {
        if (!wanted.isEmpty()) {
            wished.add(url -> url.anyOf(name, wanted));
            tests.add(row -> wanted.contains(String.valueOf(held.apply(row))));
        }
        return this;
    }

    /** Only those that may be at or after the one time and before the other. */
    public ChartSearch<R> between(
            String name,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to,
            Function<R, @Nullable TimeSpan> when) {
        if (from != null) {
            wished.add(url -> url.time(name, "ge", from));
        }
        if (to != null) {
            wished.add(url -> url.time(name, "lt", to));
        }
        if (from != null || to != null) {
            tests.add(row -> {
                var time = when.apply(row);
                return time != null && time.mayBeWithin(from, to);
            });
        }
        return this;
    }

    /** The newest first. */
    public ChartSearch<R> newestFirst(String name, Function<R, @Nullable TimeSpan> when) {
        wished.add(url -> url.written("_sort", "-" + name));
        newestBy = when;
        return this;
    }

    /** With what the rows point at. */
    ChartSearch<R> including(String path) {
        wished.add(url -> url.written("_include", path));
        return this;
    }

    /** None of these, which only the hub can tell apart; the words count them, "1 row" or "2 rows". */
    ChartSearch<R> without(Predicate<R> these, String words) {
        leftOut.put(words, these);
        return this;
    }

    /** Points out which rows are such; the words come before their references. */
    ChartSearch<R> noting(Predicate<R> these, String words) {
        noted.put(words, these);
        return this;
    }

    /** For a server that refuses to list them all: only those of one category, with what the caller must then know. */
    ChartSearch<R> elseOnly(String name, CodeToken only, String caveat) {
        this.only = url -> url.token(name, only);
        onlyCaveat = caveat;
        return this;
    }

    Reference patient() {
        return patient;
    }

    /** How many searches there are to try, the best first; the next only where the server refuses one. */
    int attempts() {
        return 2 + (usual.isEmpty() ? 0 : 1) + (onlyCaveat == null ? 0 : 1);
    }

    /** The search to try. */
    SearchUrl attempt(int attempt, String type, String patientValue) {
        var url = SearchUrl.of(type).written("patient", patientValue);
        if (attempt <= 1) {
            usual.forEach(part -> part.accept(url));
        }
        if (attempt == 0) {
            wished.forEach(part -> part.accept(url));
        }
        if (isOnly(attempt)) {
            only.accept(url);
        }
        return url;
    }

    /** What the caller must know where this is the one that went through. */
    @Nullable
    String caveat(int attempt) {
        return isOnly(attempt) ? onlyCaveat : null;
    }

    boolean fits(R row) {
        return tests.stream().allMatch(test -> test.test(row));
    }

    Map<String, Predicate<R>> leftOut() {
        return leftOut;
    }

    Map<String, Predicate<R>> noted() {
        return noted;
    }

    boolean isNewestFirst() {
        return newestBy != null;
    }

    @Nullable
    TimeSpan time(R row) {
        return newestBy == null ? null : newestBy.apply(row);
    }

    private boolean isOnly(int attempt) {
        return onlyCaveat != null && attempt == attempts() - 1;
    }
}
