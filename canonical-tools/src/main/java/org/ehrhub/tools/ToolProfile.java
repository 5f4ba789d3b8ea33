package org.ehrhub.tools;

import java.util.Set;

/**
 * A part of the catalogue that one kind of work needs. A model reads every tool that is listed before it does anything, so a
 * hub lists no more than what its agents are for; what is not in a profile cannot be called either.
 */
public enum ToolProfile {
    /** Finding a patient, reading the chart, booking: what most agents need. */
    CLINICAL,
    /** Finding times, booking, moving, cancelling and taking in. */
    SCHEDULING,
    /** Insurance, eligibility, prior authorisation and claims. */
    COVERAGE,
    /** {@code search} and {@code fetch} alone, for connectors of ChatGPT. */
    CONNECTOR,
    /** Every tool that reads. */
    READING,
    /** The whole catalogue. */
    ALL;

    private static final Set<String> CLINICAL_TOOLS = Set.of(
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
            "document.get");
    private static final Set<String> SCHEDULING_TOOLS = Set.of(
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
            "approval.status");
    private static final Set<String> COVERAGE_TOOLS = Set.of(
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
            "approval.status");

    /** Whether a tool is part of it. */
    public boolean holds(CanonicalTool<?, ?> tool) {
        return switch (this) {
            case CLINICAL -> CLINICAL_TOOLS.contains(tool.name());
            case SCHEDULING -> SCHEDULING_TOOLS.contains(tool.name());
            case COVERAGE -> COVERAGE_TOOLS.contains(tool.name());
            case CONNECTOR -> tool.isConnector();
            case READING -> tool.risk() == Risk.READ;
            case ALL -> true;
        };
    }

    /** The tools of a catalogue that are part of one of these; none means {@link #CLINICAL}. */
    public static ToolCatalog of(ToolCatalog catalog, Set<ToolProfile> profiles) {
        var chosen = profiles.isEmpty() ? Set.of(CLINICAL) : profiles;
        return new ToolCatalog(catalog.tools().stream()
                .filter(tool -> chosen.stream().anyMatch(profile -> profile.holds(tool)))
                .toList());
    }
}
