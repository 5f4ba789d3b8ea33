package org.ehrhub.routes.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.policy.PatientContext;
import org.ehrhub.policy.VisibleFields;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientMatch;
import org.jspecify.annotations.Nullable;

/**
 * Leaves out of an answer what this call is not for: rows of another patient than the one asked about or those that the
 * caller is bound to, whatever the EHR gave; and fields of groups that policy does not show this caller.
 */
public final class MinimiseFields implements CallStep {
    @Override
    public void apply(ToolCall call) {
        var meant = Meant.by(call);
        call.results()
                .replaceAll((ehr, result) ->
                        result instanceof ToolResult.Ok<?> ok ? shown(own(meant, ok, ehr, call), ehr, call) : result);
    }

    /**
     * Whom an answer may be about.
     *
     * @param patients the patients; none for anybody
     * @param bound whether the caller may see nobody else, so that even a patient who is found must be one of them
     */
    private record Meant(Set<Reference> patients, boolean bound) {
        static Meant by(ToolCall call) {
            var own = ClosedCharts.patients(call);
            var bound = !own.isEmpty() && !PatientContext.isAboutNobody(call.tool());
            return Arguments.references(call.input()).stream()
                    .filter(Meant::isPatient)
                    .map(named -> new Meant(Set.of(Reference.parse(named.text())), bound))
                    .findFirst()
                    .orElseGet(() -> new Meant(bound ? own : Set.of(), bound));
        }

        static boolean isPatient(Arguments.Named named) {
            return named.argument().equals("patient");
        }

        boolean hold(Record row) {
            return switch (row) {
                case PatientRow owned -> patients.isEmpty() || isOne(owned.subject());
                case PatientSummary chart when bound -> isOne(chart.patient().patient());
                case PatientMatch found when bound -> isOne(found.patient());
                case Patient found when bound -> isOne(found.patient());
                default -> true;
            };
        }

        private boolean isOne(@Nullable Reference patient) {
            return patient != null && patients.contains(patient);
        }
    }

    private static ToolResult<?> own(Meant meant, ToolResult.Ok<?> ok, String ehr, ToolCall call) {
        if (ok.value() instanceof Page<?> page) {
            return new ToolResult.Ok<>(own(meant, page, ehr, call), ok.from(), ok.warnings());
        }
        return Arguments.rows(ok.value()).allMatch(meant::hold) ? ok : foreign(meant, ehr, call);
    }

    private static <T extends Record> Page<T> own(Meant meant, Page<T> page, String ehr, ToolCall call) {
        List<T> own = page.items().stream().filter(meant::hold).toList();
        var foreign = page.items().size() - own.size();
        if (foreign == 0) {
            return page;
        }
        call.warnings()
                .add(ehr + ": " + foreign + " rows of other patients were left out"
                        + (meant.bound && meant.patients.size() != 1 ? "." : "; the EHR gave them unasked."));
        return new Page<>(own, null, page.nextOrNull(), page.warnings(), page.truncated());
    }

    /** One answer that is somebody else's, whole or in part, cannot be mended; a write was made all the same. */
    private static ToolResult<?> foreign(Meant meant, String ehr, ToolCall call) {
        if (meant.bound
                && call.tool().risk() == Risk.READ
                && Arguments.references(call.input()).stream().noneMatch(Meant::isPatient)) {
            return ToolResult.failed(
                    ErrorCode.DENIED,
                    "What was asked for belongs to another patient than those your login is for",
                    "Do not try another way; ask for records of your own patients.");
        }
        return call.mayHaveWritten()
                ? ToolResult.failed(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "`" + ehr + "` answered the write with a record of another patient",
                        "Look in the EHR what was written before you go on.")
                : ToolResult.failed(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` answered with records of another patient, which the hub keeps back",
                        "Ask whoever runs the hub to look at this EHR; use the single list tools meanwhile.");
    }

    private static ToolResult<?> shown(ToolResult<?> result, String ehr, ToolCall call) {
        if (!(result instanceof ToolResult.Ok<?> ok)) {
            return result;
        }
        var withheld = call.decision(ehr).withheld();
        var concerned = VisibleFields.groups(call.tool().output());
        concerned.retainAll(withheld);
        if (concerned.isEmpty()
                || (ok.value() instanceof Page<?> page && page.items().isEmpty())) {
            return ok;
        }
        var warnings = new ArrayList<>(ok.warnings());
        warnings.add("Withheld from you by policy: " + words(concerned)
                + ". That such a field is empty or missing says nothing.");
        return new ToolResult.Ok<>(without(ok.value(), withheld), ok.from(), warnings);
    }

    private static Record without(Record value, Set<FieldGroup> withheld) {
        return value instanceof Page<?> page ? without(page, withheld) : VisibleFields.without(value, withheld);
    }

    private static <T extends Record> Page<T> without(Page<T> page, Set<FieldGroup> withheld) {
        var rows = page.items().stream()
                .map(row -> VisibleFields.without(row, withheld))
                .toList();
        return new Page<>(rows, page.totalOrNull(), page.nextOrNull(), page.warnings(), page.truncated());
    }

    private static String words(Set<FieldGroup> groups) {
        return groups.stream()
                .sorted()
                .map(group -> group.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }
}
