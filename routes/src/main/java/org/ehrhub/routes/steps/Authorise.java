package org.ehrhub.routes.steps;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.policy.Decision;
import org.ehrhub.policy.PatientContext;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ehrs.EhrTools;

/**
 * Lets a call go on only where policy allows this caller this tool, and, for a caller who is bound to patients, only where
 * its arguments are about them.
 */
public final class Authorise implements CallStep {
    /** Records that belong to no patient. */
    private static final Set<String> NOBODYS = Set.of(
            "Practitioner", "PractitionerRole", "Organization", "Location", "HealthcareService", "Slot", "Schedule");

    private final Permission permission;

    /** Holds calls to policy. */
    public Authorise(Permission permission) {
        this.permission = permission;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.ehrs().isEmpty()) {
            throw denied(call, "no rule allows it on any EHR");
        }
        call.ehrs().stream()
                .map(ehr -> permission.decide(call, ehr))
                .filter(decision -> !decision.allowed())
                .findFirst()
                .map(Decision::why)
                .ifPresent(why -> {
                    throw denied(call, why);
                });
        checkEmergency(call);
        outOfContext(call).ifPresent(why -> {
            throw denied(call, why);
        });
        if (call.tool().equals(EhrTools.LIST)) {
            permission.problem().ifPresent(call.warnings()::add);
        }
    }

    /** A closed chart is opened for one patient at a time. */
    private static void checkEmergency(ToolCall call) {
        var opened = call.context().caller().emergency();
        if (opened != null
                && !PatientContext.isAboutNobody(call.tool())
                && named(call.input())
                        .anyMatch(named -> named.type().equals("Patient") && !named.equals(opened.patient()))) {
            throw new CallRefused(
                    ErrorCode.INVALID_INPUT,
                    "The call opens the closed chart of one patient (break-glass) and names another",
                    "Call about this patient only, or without the break-glass statement.");
        }
    }

    /** What an argument is about that the caller is not bound to. */
    private static Optional<String> outOfContext(ToolCall call) {
        var patients = ClosedCharts.patients(call);
        if (patients.isEmpty() || PatientContext.isAboutNobody(call.tool())) {
            return Optional.empty();
        }
        var writes = call.tool().risk() != Risk.READ;
        return named(call.input())
                .filter(named -> !patients.contains(named))
                .flatMap(named -> problem(named, writes).stream())
                .findFirst();
    }

    private static Optional<String> problem(Reference named, boolean writes) {
        if (named.type().equals("Patient")) {
            return Optional.of("your login is for other patients than this one");
        }
        // What a read brings back is held to the patients afterwards; a write would be done by then.
        return writes && !NOBODYS.contains(named.type())
                ? Optional.of(
                        "your login is for certain patients only, and whose record this is cannot be told beforehand")
                : Optional.empty();
    }

    private static Stream<Reference> named(Record input) {
        return Arguments.rows(input)
                .flatMap(row -> Arguments.references(row).stream())
                .map(Arguments.Named::text)
                .filter(text -> !text.isEmpty())
                .map(Reference::parse);
    }

    private static CallRefused denied(ToolCall call, String why) {
        return new CallRefused(
                ErrorCode.DENIED,
                "The hub's policy does not allow you " + call.tool().name() + " there: " + why,
                "Do not try another way; ehr.list shows what you may do. Whoever runs the hub grants it in policy.yaml.");
    }
}
