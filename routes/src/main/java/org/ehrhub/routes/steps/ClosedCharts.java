package org.ehrhub.routes.steps;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess.Owned;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** What is closed to the caller of a call on one EHR because it is sensitive, and how a caller is told. */
final class ClosedCharts {
    private final ToolCall call;
    private final String ehr;

    ClosedCharts(ToolCall call, String ehr) {
        this.call = call;
        this.ehr = ehr;
    }

    /** Whether a row is closed: by a record that it is, or shows, or by what cannot be named. */
    boolean hides(Record row) {
        var reasons = EnumSet.noneOf(Sensitivity.class);
        reasons.addAll(call.context().sensitive().ofAll());
        Arguments.everyReference(row)
                .forEach(named -> reasons.addAll(call.context().sensitive().of(named)));
        return Arguments.everyReference(row).anyMatch(call.context().sensitive()::isClosed)
                || !isOpen(reasons, owner(row));
    }

    /** Whether a patient's chart is closed. */
    boolean isClosed(Reference patient) {
        return !isOpen(call.context().sensitive().of(patient), patient);
    }

    /** Whether a record that a write names is closed. */
    boolean isClosed(Owned owned) {
        var record = owned.record();
        return record != null
                && !isOpen(
                        call.context().sensitive().of(record),
                        owned.patients().size() == 1
                                ? owned.patients().iterator().next()
                                : null);
    }

    /** The patients that the caller is bound to, with the one whose closed chart is opened; none where bound to nobody. */
    static Set<Reference> patients(ToolCall call) {
        var own = call.context().caller().patients();
        var opened = call.context().caller().emergency();
        if (own.isEmpty() || opened == null || !call.policy().breaksGlass()) {
            return own;
        }
        return Stream.concat(own.stream(), Stream.of(opened.patient())).collect(Collectors.toUnmodifiableSet());
    }

    private boolean isOpen(Set<Sensitivity> reasons, @Nullable Reference owner) {
        var closed = closedBy(reasons);
        var glass = call.decision(ehr).glass();
        var opened = call.context().caller().emergency();
        return closed.isEmpty()
                || (glass != null
                        && glass.broken()
                        && opened != null
                        && opened.patient().equals(owner)
                        && glass.opens().containsAll(closed));
    }

    private Set<Sensitivity> closedBy(Set<Sensitivity> reasons) {
        var closed = EnumSet.noneOf(Sensitivity.class);
        closed.addAll(reasons);
        closed.retainAll(call.decision(ehr).hidden());
        return closed;
    }

    private static @Nullable Reference owner(Record row) {
        return row instanceof PatientRow owned ? owned.subject() : Arguments.patient(row);
    }

    /** Whether the caller may know that something is closed: who could open it, or could see it under another rule. */
    boolean mayKnow() {
        return call.decision(ehr).glass() != null;
    }

    /** The refusal of a chart or a record, in the words for one that does not exist to whoever may not know that it does. */
    <O extends Record> ToolResult.Failed<O> refusal() {
        return mayKnow()
                ? ToolResult.failed(
                        ErrorCode.DENIED,
                        "What was asked for is restricted, and the hub's policy does not show it to you",
                        "In an emergency the person you work for can open it (break-glass) in the program they use, which sends"
                                + " their reason with the call. You cannot do that for them.")
                : ToolResult.notFound();
    }
}
