package org.ehrhub.policy;

import java.util.Optional;
import java.util.Set;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;

/** What a caller who is bound to patients can use at all: tools about them, where they are, and tools about no patient. */
public final class PatientContext {
    /** These carry no patient's data. */
    private static final Set<String> ABOUT_NOBODY = Set.of(
            "ehr.list",
            "slot.search",
            "approval.status",
            "terminology.lookup",
            "terminology.expand",
            "terminology.validate",
            "terminology.translate");

    /** What these do or show may be anybody's, and the hub could not tell before it is sent. */
    private static final Set<String> ABOUT_ANYBODY = Set.of(
            "patient.create",
            "intake.sync",
            "fhir.query",
            "fhir.write",
            "fhir.transaction",
            "fhir.operation",
            "bot.execute",
            "bot.deploy",
            "hl7v2.send",
            "hl7v2.status");

    private PatientContext() {}

    /** Whether a tool's answers hold no patient's data. */
    public static boolean isAboutNobody(CanonicalTool<?, ?> tool) {
        return ABOUT_NOBODY.contains(tool.name());
    }

    /** Why a caller's binding, or the chart that he would open, rules the tool out; empty when neither does. */
    static Optional<String> refusal(Caller caller, CanonicalTool<?, ?> tool, String ehr, boolean breaksGlass) {
        if (isAboutNobody(tool)) {
            return Optional.empty();
        }
        if (caller.emergency() != null && !breaksGlass) {
            return Optional.of("no rule lets you open a closed chart by it there, for this purpose and at this time");
        }
        if (caller.patients().isEmpty()) {
            return Optional.empty();
        }
        if (ABOUT_ANYBODY.contains(tool.name())) {
            return Optional.of("your login is for certain patients only, and this tool is not about one of them");
        }
        var isThere = breaksGlass
                || caller.patients().stream().anyMatch(patient -> patient.ehr().equals(ehr));
        return isThere ? Optional.empty() : Optional.of("your login is for patients of another EHR only");
    }
}
