package org.ehrhub.routes.steps;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.ToolCall.Position;
import org.ehrhub.tools.ListAnswer;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** Puts the pages of several EHRs together into one list, of at most so many rows, and knows where each list goes on. */
final class MergePages {
    private static final Position START = new Position(null, 0);

    private final ToolCall call;
    private final Instant now;
    private final List<ListAnswer.Source> sources = new ArrayList<>();
    private final List<Record> rows = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, Position> places = new LinkedHashMap<>();
    private final Map<String, Position> failed = new LinkedHashMap<>();
    private boolean worthResuming;
    private boolean complete = true;

    MergePages(ToolCall call, Instant now, int mostRows) {
        this.call = call;
        this.now = now;
        warnings.addAll(call.warnings());
        call.results().forEach((ehr, result) -> {
            switch (result) {
                case ToolResult.Ok<?> ok
                when ok.value() instanceof Page<?> page -> {
                    add(ehr, page, ok.from().asOf(), mostRows - rows.size());
                    ok.warnings().forEach(warning -> warn(ehr + ": " + warning));
                }
                case ToolResult.Failed<?> failure -> failed(ehr, failure);
                default -> throw new IllegalStateException("A list's handler answers with a page");
            }
        });
        SimilarPatients.warnings(rows).forEach(warnings::add);
        MixedUnits.warnings(rows).forEach(warnings::add);
    }

    /**
     * Where each list goes on. An EHR that failed is asked again with the others, so that a later answer cannot look as if
     * nothing were missing; for its sake alone the list goes on only where rows of it were shown and it may recover.
     */
    Map<String, Position> places() {
        var all = new LinkedHashMap<>(places);
        if (worthResuming || !places.isEmpty()) {
            all.putAll(failed);
        }
        return all;
    }

    /** Adds what the caller must know. */
    void warn(String warning) {
        warnings.add(warning);
    }

    /** Shows none of the rows after all; the list still goes on behind them. */
    void withholdRows(String why) {
        rows.clear();
        complete = false;
        sources.replaceAll(source ->
                new ListAnswer.Source(source.ehr(), source.status(), source.asOf(), 0, source.total(), false));
        warn(why);
    }

    ListAnswer<Record> answer(@Nullable String cursor) {
        return new ListAnswer<>(sources, rows.size(), complete, cursor, warnings, rows);
    }

    private void add(String ehr, Page<?> page, Instant asOf, int room) {
        var place = call.positions().getOrDefault(ehr, START);
        var fresh = page.items()
                .subList(
                        Math.min(place.skip(), page.items().size()),
                        page.items().size());
        var kept = fresh.subList(0, Math.min(room, fresh.size()));
        rows.addAll(kept);
        if (kept.size() < fresh.size()) {
            places.put(ehr, new Position(place.cursor(), place.skip() + kept.size()));
        } else {
            // A page that is read again may end earlier than before; what the caller has of it is then skipped on the
            // next.
            var still = Math.max(0, place.skip() - page.items().size());
            page.next().ifPresent(next -> places.put(ehr, new Position(next, still)));
        }
        if (page.truncated() && !places.containsKey(ehr)) {
            failed.put(ehr, place);
        }
        var all = !places.containsKey(ehr) && page.complete();
        complete &= all;
        sources.add(new ListAnswer.Source(ehr, "ok", asOf, kept.size(), page.totalOrNull(), all));
        page.warnings().forEach(warning -> warn(ehr + ": " + warning));
    }

    private void failed(String ehr, ToolResult.Failed<?> failure) {
        complete = false;
        var place = call.positions().get(ehr);
        worthResuming |= place != null && failure.code().retryable();
        failed.put(ehr, place == null ? START : place);
        sources.add(new ListAnswer.Source(ehr, failure.code().name(), now, 0, null, false));
        warnings.add("Rows of `" + ehr + "` are missing: " + Sentences.of(failure.message()) + " " + failure.hint());
    }
}
