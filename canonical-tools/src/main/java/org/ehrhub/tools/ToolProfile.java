package org.ehrhub.tools;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A part of the catalogue that one kind of work needs. A model reads every tool that is listed before it does anything, so a
 * hub lists no more than what its agents are for; what is not in a profile cannot be called either.
 */
public enum ToolProfile {
    /** Finding a patient, reading the chart, booking: what most agents need. */
    CLINICAL(named(
            "ehr.list",
            "patient.search",
            "patient.get",
            "patient.summary",
            "slot.search",
            "appointment.list",
            "appointment.create",
            "appointment.cancel",
            "condition.list",
            "allergy.list",
            "medication.list",
            "lab.list",
            "vital.list",
            "document.search",
            "document.get",
            "note.draft")),
    /** Finding times, booking, moving and cancelling. */
    SCHEDULING(named(
            "ehr.list",
            "patient.search",
            "patient.get",
            "slot.search",
            "appointment.list",
            "appointment.get",
            "appointment.create",
            "appointment.reschedule",
            "appointment.cancel",
            "intake.sync",
            "approval.status")),
    /** Insurance, eligibility, prior authorisation and claims. */
    COVERAGE(named(
            "ehr.list",
            "patient.search",
            "patient.get",
            "coverage.list",
            "coverage.record",
            "eligibility.check",
            "priorauth.check",
            "priorauth.submit",
            "priorauth.status",
            "claim.submit",
            "approval.status")),
    /** {@code search} and {@code fetch} alone, for connectors of ChatGPT. */
    CONNECTOR(CanonicalTool::isConnector),
    /** Every tool that reads. */
    READING(tool -> tool.risk() == Risk.READ),
    /** The whole catalogue. */
    ALL(tool -> true);

    private final Predicate<CanonicalTool<?, ?>> members;

    ToolProfile(Predicate<CanonicalTool<?, ?>> members) {
        this.members = members;
    }

    /** Whether a tool is part of it. */
    public boolean holds(CanonicalTool<?, ?> tool) {
        return members.test(tool);
    }

    /** The tools of a catalogue that are part of one of these; none means {@link #CLINICAL}. */
    public static ToolCatalog of(ToolCatalog catalog, Set<ToolProfile> profiles) {
        var chosen = profiles.isEmpty() ? Set.of(CLINICAL) : profiles;
        return new ToolCatalog(catalog.tools().stream()
                .filter(tool -> chosen.stream().anyMatch(profile -> profile.holds(tool)))
                .toList());
    }

    private static Predicate<CanonicalTool<?, ?>> named(String... names) {
        var wanted = Set.copyOf(List.of(names));
        return tool -> wanted.contains(tool.name());
    }
}
