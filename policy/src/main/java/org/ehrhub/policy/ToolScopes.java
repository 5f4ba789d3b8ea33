package org.ehrhub.policy;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.CanonicalTool;

/**
 * What a tool does to which resources, in the words of SMART scopes. A tool that is not here does nothing that such a scope
 * speaks of, so no scope allows it. A write needs no right to read: what it answers with is what it wrote.
 */
public final class ToolScopes {
    private static final Map<String, List<Need>> NEEDS = Stream.of(
                    "ehr.list",
                    "approval.status",
                    "search Patient.rs DocumentReference.rs",
                    "fetch Patient.rs DocumentReference.rs",
                    "patient.search Patient.rs",
                    "patient.get Patient.rs",
                    "patient.summary Patient.rs Condition.rs AllergyIntolerance.rs MedicationRequest.rs Observation.rs"
                            + " Immunization.rs Encounter.rs",
                    "patient.create Patient.c",
                    "patient.update Patient.u",
                    "slot.search Slot.rs",
                    "appointment.list Appointment.rs",
                    "appointment.get Appointment.rs",
                    "appointment.create Appointment.c",
                    "appointment.reschedule Appointment.u",
                    "appointment.cancel Appointment.u",
                    "condition.list Condition.rs",
                    "allergy.list AllergyIntolerance.rs",
                    "medication.list MedicationRequest.rs",
                    "lab.list Observation.rs",
                    "vital.list Observation.rs",
                    "vital.record Observation.c",
                    "immunization.list Immunization.rs",
                    "procedure.list Procedure.rs",
                    "encounter.list Encounter.rs",
                    "careplan.list CarePlan.rs",
                    "report.list DiagnosticReport.rs",
                    "document.search DocumentReference.rs",
                    "document.get DocumentReference.rs",
                    "note.draft DocumentReference.c",
                    "order.draft ServiceRequest.c",
                    "referral.draft ServiceRequest.c",
                    "referral.submit ServiceRequest.u",
                    "task.list Task.rs",
                    "task.create Task.c",
                    "task.update Task.u",
                    "coverage.list Coverage.rs",
                    "coverage.record Coverage.c",
                    "eligibility.check CoverageEligibilityRequest.c",
                    "priorauth.check Claim.rs Coverage.rs",
                    "priorauth.submit Claim.c",
                    "priorauth.status ClaimResponse.rs",
                    "claim.submit Claim.c",
                    "message.send Communication.c",
                    "questionnaire.submit QuestionnaireResponse.c",
                    "intake.sync Patient.c Coverage.c Appointment.c QuestionnaireResponse.c",
                    "terminology.lookup CodeSystem.rs",
                    "terminology.expand ValueSet.rs",
                    "terminology.validate CodeSystem.rs ValueSet.rs",
                    "terminology.translate ConceptMap.rs",
                    "fhir.query *.rs",
                    "fhir.write *.cud",
                    "fhir.transaction *.cud",
                    "fhir.operation *.cruds")
            .map(line -> line.split(" "))
            .collect(Collectors.toMap(words -> words[0], ToolScopes::needs));

    private ToolScopes() {}

    private record Need(String type, String rights) {}

    private static List<Need> needs(String... words) {
        return Stream.of(words)
                .skip(1)
                .map(word -> word.split("\\."))
                .map(parts -> new Need(parts[0], parts[1]))
                .toList();
    }

    /** Whether all that a tool does is permitted by these scopes taken together. */
    static boolean permit(Collection<SmartScope> scopes, CanonicalTool<?, ?> tool) {
        return Optional.ofNullable(NEEDS.get(tool.name()))
                .map(needs -> needs.stream()
                        .allMatch(need -> need.rights()
                                .chars()
                                .allMatch(right -> scopes.stream()
                                        .anyMatch(scope -> scope.permits(need.type(), Character.toString(right))))))
                .orElse(false);
    }

    static boolean isHelpedBy(SmartScope scope, CanonicalTool<?, ?> tool) {
        return NEEDS.getOrDefault(tool.name(), List.of()).stream()
                .anyMatch(need ->
                        need.rights().chars().anyMatch(right -> scope.permits(need.type(), Character.toString(right))));
    }

    /** The scopes of a level that a tool takes; none where it takes none, or where no scope allows it. */
    public static List<String> of(CanonicalTool<?, ?> tool, String level) {
        return NEEDS.getOrDefault(tool.name(), List.of()).stream()
                .map(need -> level + "/" + need.type() + "." + need.rights())
                .toList();
    }
}
