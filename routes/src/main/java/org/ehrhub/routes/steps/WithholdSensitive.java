package org.ehrhub.routes.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.VisibleFields;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientMatch;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of an answer the records that their EHR labels as sensitive and that policy does not show this caller. They are
 * counted where that tells nothing; of a search for one thing, or one person, the count would be the answer.
 */
public final class WithholdSensitive implements CallStep {
    private final EhrRegistry ehrs;

    /** Withholds what these EHRs label. */
    public WithholdSensitive(EhrRegistry ehrs) {
        this.ehrs = ehrs;
    }

    @Override
    public void apply(ToolCall call) {
        call.results()
                .replaceAll((ehr, result) ->
                        result instanceof ToolResult.Ok<?> ok && labels(ehr) ? shown(ok, ehr, call) : result);
    }

    private boolean labels(String ehr) {
        return ehrs.find(ehr).flatMap(entry -> entry.adapter().charts()).isPresent();
    }

    private static ToolResult<?> shown(ToolResult.Ok<?> ok, String ehr, ToolCall call) {
        var closed = new ClosedCharts(call, ehr);
        if (ok.value() instanceof Page<?> page) {
            return new ToolResult.Ok<>(open(page, closed, ehr, call), ok.from(), ok.warnings());
        }
        return call.context().sensitive().isEmpty() ? ok : open(ok, closed, call);
    }

    private static ToolResult<?> open(ToolResult.Ok<?> ok, ClosedCharts closed, ToolCall call) {
        var warnings = new ArrayList<>(ok.warnings());
        if (closed.hides(ok.value())) {
            if (call.tool().risk() == Risk.READ) {
                return closed.refusal();
            }
            warnings.add("What was written is sensitive, so you are shown no more than its reference.");
            return new ToolResult.Ok<>(
                    VisibleFields.without(ok.value(), Set.of(FieldGroup.values())), ok.from(), warnings);
        }
        var withheld = new AtomicInteger();
        var left = pruned(ok.value(), closed, withheld);
        if (withheld.get() > 0) {
            warnings.add(words(withheld.get()) + ".");
        }
        return new ToolResult.Ok<>(left, ok.from(), warnings);
    }

    private static <T extends Record> Page<T> open(Page<T> page, ClosedCharts closed, String ehr, ToolCall call) {
        var withheld = new AtomicInteger();
        var hidden = page.items().stream().filter(closed::hides).toList();
        var left = page.items().stream()
                .filter(row -> !hidden.contains(row))
                .map(row -> pruned(row, closed, withheld))
                .toList();
        var silent = isNarrow(call) && !closed.mayKnow();
        warning(hidden, left, withheld.get(), silent)
                .forEach(words -> call.warnings().add(ehr + ": " + words));
        return new Page<>(left, total(page, left.size(), silent), page.nextOrNull(), page.warnings(), page.truncated());
    }

    private static <T extends Record> T pruned(T value, ClosedCharts closed, AtomicInteger withheld) {
        return VisibleFields.withoutRows(value, row -> {
            var hides = closed.hides(row);
            if (hides) {
                withheld.incrementAndGet();
            }
            return hides;
        });
    }

    /** A search for one thing is answered alike whether there was something to withhold or not. */
    private static List<String> warning(List<? extends Record> hidden, List<?> left, int within, boolean silent) {
        if (silent) {
            return left.isEmpty()
                    ? List.of("Rows that are sensitive, if there are any, are withheld from you.")
                    : List.of();
        }
        var all = hidden.size() + within;
        if (all == 0) {
            return List.of();
        }
        var charts = hidden.stream()
                .filter(PatientMatch.class::isInstance)
                .map(row -> ((PatientMatch) row).patient())
                .map(Reference::toString)
                .collect(Collectors.joining(", "));
        return List.of(
                words(all) + (charts.isEmpty() ? "." : " (" + charts + "; a person can open them by break-glass)."));
    }

    private static String words(int rows) {
        return (rows == 1 ? "1 row" : rows + " rows") + " withheld: sensitive";
    }

    /** The EHR's own count would give away what is withheld, here or on a later page. */
    private static @Nullable Long total(Page<?> page, int left, boolean silent) {
        if (page.totalOrNull() != null
                && page.nextOrNull() == null
                && page.totalOrNull() == page.items().size()) {
            return (long) left;
        }
        return silent || left < page.items().size() ? null : page.totalOrNull();
    }

    /** Whether the call looks for a certain thing or person, so that how many were withheld says that they are there. */
    private static boolean isNarrow(ToolCall call) {
        return Arguments.narrows(call.input());
    }
}
