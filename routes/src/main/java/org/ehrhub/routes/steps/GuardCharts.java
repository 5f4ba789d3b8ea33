package org.ehrhub.routes.steps;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.ChartAccess.Chart;
import org.ehrhub.adapters.ChartAccess.Consent;
import org.ehrhub.adapters.ChartAccess.Owned;
import org.ehrhub.adapters.ChartAccess.Question;
import org.ehrhub.adapters.ChartAccess.Written;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.Patient;

/**
 * Asks an EHR how it holds the charts that a call is about: those that arguments name, and those of the records that a write
 * names, before anything is done; those that only the answer shows after it was read. What an EHR cannot say is closed.
 */
public final class GuardCharts {
    private final EhrRegistry ehrs;
    private final EhrLimits limits;
    private final Predicate<CanonicalTool<?, ?>> composite;

    /**
     * Asks these EHRs.
     *
     * @param composite whether a tool is done by calls of others, each of which is guarded itself
     */
    public GuardCharts(EhrRegistry ehrs, EhrLimits limits, Predicate<CanonicalTool<?, ?>> composite) {
        this.ehrs = ehrs;
        this.limits = limits;
        this.composite = composite;
    }

    /** Refuses calls about closed charts. */
    public CallStep beforehand() {
        return this::named;
    }

    /** Notes the charts that an answer shows and that are closed, so that their rows are left out. */
    public CallStep afterwards() {
        return this::shown;
    }

    private void named(ToolCall call) {
        if (call.settled() || composite.test(call.tool())) {
            return;
        }
        var named = patients(call).stream().collect(Collectors.groupingBy(Reference::ehr, Collectors.toSet()));
        for (var ehr : Stream.concat(call.ehrs().stream(), named.keySet().stream())
                .distinct()
                .toList()) {
            var patients = named.getOrDefault(ehr, new HashSet<>());
            patients.addAll(ofRecords(call, ehr));
            if (!patients.isEmpty()) {
                guard(call, ehr, patients);
            }
        }
    }

    private void guard(ToolCall call, String ehr, Set<Reference> patients) {
        var need = call.policy().charts().consent(ehr);
        var access = access(call, ehr);
        if (access.isEmpty() || (need == ConsentNeed.NONE && showsPatient(call.tool()))) {
            return;
        }
        var charts = charts(ask(access.get(), call, ehr, patients), ehr);
        var closed = new ClosedCharts(call, ehr);
        for (var patient : patients) {
            var chart = charts.get(patient);
            if (chart == null) {
                throw refused(ToolResult.notFound());
            }
            if (closed.isClosed(patient) || !consents(chart, need, call, patient)) {
                throw refused(closed.refusal());
            }
        }
    }

    private Optional<ChartAccess> access(ToolCall call, String ehr) {
        var access = ehrs.find(ehr).flatMap(entry -> entry.adapter().charts());
        if (access.isEmpty() && call.policy().charts().consent(ehr) != ConsentNeed.NONE) {
            throw new CallRefused(
                    ErrorCode.DENIED,
                    "Policy asks for patients' consents, and `" + ehr + "` cannot be asked for them",
                    "Whoever runs the hub finds it in policy.yaml, under `consent`.");
        }
        return access;
    }

    /** Whose the records are that a write names: what a read brings back says so itself, a write would be done by then. */
    private Set<Reference> ofRecords(ToolCall call, String ehr) {
        var written = new Written(records(call), Arguments.fhir(call.input()));
        if (call.tool().risk() == Risk.READ
                || (written.records().isEmpty() && written.fhir().isEmpty())
                || !mayBeClosed(call, ehr)) {
            return Set.of();
        }
        return access(call, ehr)
                .map(access -> owners(access, call, ehr, written))
                .orElse(Set.of());
    }

    private Set<Reference> owners(ChartAccess access, ToolCall call, String ehr, Written written) {
        var owned = rows(limited(call, ehr, () -> access.owners(written, call.context())), Owned.class, ehr)
                .orElseThrow(() -> refused(ToolResult.notFound()));
        var closed = new ClosedCharts(call, ehr);
        if (owned.stream().anyMatch(closed::isClosed)) {
            throw refused(closed.refusal());
        }
        return owned.stream().flatMap(one -> one.patients().stream()).collect(Collectors.toSet());
    }

    private static boolean mayBeClosed(ToolCall call, String ehr) {
        return !call.decision(ehr).hidden().isEmpty() || call.policy().charts().consent(ehr) != ConsentNeed.NONE;
    }

    /** Consents bind whoever may not open the chart; who breaks the glass does so without the patient. */
    private static boolean consents(Chart chart, ConsentNeed need, ToolCall call, Reference patient) {
        var opened = call.context().caller().emergency();
        var isOpened = opened != null
                && call.policy().breaksGlass()
                && opened.patient().equals(patient);
        return isOpened
                || switch (need) {
                    case NONE -> true;
                    case DENY -> chart.consent() != Consent.DENIES;
                    case REQUIRED -> chart.consent() == Consent.PERMITS;
                };
    }

    private ToolResult<?> ask(ChartAccess access, ToolCall call, String ehr, Set<Reference> patients) {
        var emergency = call.context().caller().emergency();
        var question = new Question(
                patients,
                call.policy().charts().consent(ehr) != ConsentNeed.NONE,
                emergency == null ? call.context().caller().purpose() : emergency.purpose());
        return limited(call, ehr, () -> access.ask(question, call.context()));
    }

    private ToolResult<?> limited(ToolCall call, String ehr, Supplier<ToolResult<?>> question) {
        return limits.run(ehr, call.context().caller().principal(), () -> {
            try {
                return question.get();
            } catch (EhrFailure e) {
                return e.result();
            }
        });
    }

    private static Map<Reference, Chart> charts(ToolResult<?> answer, String ehr) {
        return rows(answer, Chart.class, ehr).orElse(List.of()).stream()
                .collect(Collectors.toMap(Chart::patient, Function.identity()));
    }

    /** What an EHR answered; empty when nothing is there. */
    private static <T> Optional<List<T>> rows(ToolResult<?> answer, Class<T> type, String ehr) {
        return switch (answer) {
            case ToolResult.Ok<?> ok
            when ok.value() instanceof Page<?> page ->
                Optional.of(page.items().stream().map(type::cast).toList());
            case ToolResult.Failed<?> failed when failed.code() == ErrorCode.NOT_FOUND -> Optional.empty();
            case ToolResult.Failed<?> failed -> throw refused(failed);
            default ->
                throw new CallRefused(
                        ErrorCode.EHR_UNAVAILABLE,
                        "`" + ehr + "` does not say how it holds its charts",
                        "Try again later.");
        };
    }

    private void shown(ToolCall call) {
        if (call.tool().risk() != Risk.READ || !call.sent() || composite.test(call.tool())) {
            return;
        }
        call.results()
                .replaceAll((ehr, result) -> result instanceof ToolResult.Ok<?> ok ? asked(call, ehr, ok) : result);
    }

    private ToolResult<?> asked(ToolCall call, String ehr, ToolResult.Ok<?> ok) {
        var access = ehrs.find(ehr).flatMap(entry -> entry.adapter().charts());
        var need = call.policy().charts().consent(ehr);
        var unknown = owners(ok.value(), need != ConsentNeed.NONE);
        unknown.removeAll(patients(call));
        if (unknown.isEmpty() || (access.isEmpty() && need == ConsentNeed.NONE)) {
            return ok;
        }
        try {
            var charts =
                    access.isEmpty() ? Map.<Reference, Chart>of() : charts(ask(access.get(), call, ehr, unknown), ehr);
            unknown.stream()
                    .filter(patient ->
                            !charts.containsKey(patient) || !consents(charts.get(patient), need, call, patient))
                    .forEach(patient -> call.context().sensitive().close(patient));
            return ok;
        } catch (CallRefused e) {
            return e.result();
        }
    }

    /** Whose charts rows are of; a row that is the patient's own record says itself how it is held. */
    private static Set<Reference> owners(Record value, boolean consents) {
        return Stream.concat(value instanceof Page<?> page ? page.items().stream() : Stream.empty(), Stream.of(value))
                .flatMap(row -> row instanceof PatientRow owned
                        ? Stream.ofNullable(owned.subject())
                        : consents ? Stream.ofNullable(Arguments.patient(row)) : Stream.empty())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static Set<Reference> patients(ToolCall call) {
        return named(call, true);
    }

    private static Set<Reference> records(ToolCall call) {
        return named(call, false);
    }

    private static Set<Reference> named(ToolCall call, boolean patients) {
        return Arguments.rows(call.input())
                .flatMap(Arguments::everyReference)
                .filter(named -> named.type().equals("Patient") == patients)
                .collect(Collectors.toSet());
    }

    /** Whether all that a tool reads is how the chart is held; of one that reads on, the time would tell a closed from an absent one. */
    private static boolean showsPatient(CanonicalTool<?, ?> tool) {
        return tool.risk() == Risk.READ && tool.output().equals(Patient.class);
    }

    private static CallRefused refused(ToolResult.Failed<?> failed) {
        return new CallRefused(failed.code(), failed.message(), failed.hint());
    }
}
