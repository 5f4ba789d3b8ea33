package org.ehrhub.fhir.resources;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.ResourceType;

/** Which resource types callers may name: none that acts, holds secrets or the hub's own trail, or is not of FHIR R4. */
public final class QueryTypes {
    private static final Set<String> R4 =
            Stream.of(ResourceType.values()).map(ResourceType::name).collect(Collectors.toUnmodifiableSet());

    /** What no setting lets through: it makes a server act, holds bytes, secrets or who did what, or is never stored. */
    private static final Set<String> NEVER = Set.of(
            "AuditEvent",
            "Binary",
            "Bundle",
            "CapabilityStatement",
            "Endpoint",
            "MessageDefinition",
            "MessageHeader",
            "OperationDefinition",
            "OperationOutcome",
            "Parameters",
            "SearchParameter",
            "Subscription",
            "TestReport",
            "TestScript");

    private static final List<String> USUAL = List.of(
            "Account",
            "AllergyIntolerance",
            "Appointment",
            "Basic",
            "CarePlan",
            "CareTeam",
            "Claim",
            "ClaimResponse",
            "ClinicalImpression",
            "Communication",
            "CommunicationRequest",
            "Composition",
            "Condition",
            "Consent",
            "Coverage",
            "CoverageEligibilityRequest",
            "CoverageEligibilityResponse",
            "Device",
            "DeviceRequest",
            "DiagnosticReport",
            "DocumentReference",
            "Encounter",
            "EpisodeOfCare",
            "ExplanationOfBenefit",
            "FamilyMemberHistory",
            "Flag",
            "Goal",
            "HealthcareService",
            "ImagingStudy",
            "Immunization",
            "List",
            "Location",
            "Media",
            "Medication",
            "MedicationAdministration",
            "MedicationDispense",
            "MedicationRequest",
            "MedicationStatement",
            "NutritionOrder",
            "Observation",
            "Organization",
            "Patient",
            "Practitioner",
            "PractitionerRole",
            "Procedure",
            "Provenance",
            "Questionnaire",
            "QuestionnaireResponse",
            "RelatedPerson",
            "RiskAssessment",
            "Schedule",
            "ServiceRequest",
            "Slot",
            "Specimen",
            "Task");

    /** A write to one of these would rewrite what others rely on as evidence, or has no place for the hub's key. */
    private static final Set<String> NOT_WRITTEN = Set.of(
            "ClaimResponse", "CoverageEligibilityResponse", "ExplanationOfBenefit", "Provenance", "Questionnaire");

    private final Set<String> allowed;
    private final List<String> named;

    private QueryTypes(Set<String> allowed, List<String> named) {
        this.allowed = Set.copyOf(allowed);
        this.named = List.copyOf(named);
    }

    /**
     * The types that may be queried.
     *
     * @param set as the settings name them; the clinical and administrative ones where they name none
     * @throws IllegalArgumentException when one is not of FHIR R4, or may never be queried
     */
    public static QueryTypes of(List<String> set) {
        for (var type : set) {
            if (!mayBeNamed(type)) {
                throw new IllegalArgumentException(
                        "query-types must hold resource types of FHIR R4 that may be queried, such as Patient");
            }
        }
        return new QueryTypes(new TreeSet<>(set.isEmpty() ? USUAL : set), set);
    }

    /** Whether settings may name a type of FHIR R4 at all. */
    static boolean mayBeNamed(String type) {
        return R4.contains(type) && !NEVER.contains(type);
    }

    /** Whether records of a type may be shown. */
    boolean allow(String type) {
        return allowed.contains(type);
    }

    /** Whether FHIR R4 has a type; a server's own types (Bot) are of no patient. */
    static boolean isOfFhir(String type) {
        return R4.contains(type);
    }

    /** The types that may be written. */
    static QueryTypes written() {
        var types = new TreeSet<>(USUAL);
        types.removeAll(NOT_WRITTEN);
        return new QueryTypes(types, List.of());
    }

    /** What the login asks for: the types that the settings name; of the usual ones, no more than other tools need. */
    Needs needs() {
        return named.stream()
                .map(type -> Needs.read(type).and(Needs.search(type)))
                .reduce(Needs.nothing(), Needs::and);
    }

    /**
     * A type as a caller named it.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when FHIR R4 has no such type, {@code DENIED} when it is not allowed here
     */
    String checked(String type, String argument) {
        if (!R4.contains(type)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` does not name a resource type of FHIR R4.",
                    "Write the type as FHIR does, such as Patient or Observation.");
        }
        if (!allowed.contains(type)) {
            throw new EhrFailure(
                    ErrorCode.DENIED,
                    "`" + argument + "` names a resource type that this tool does not touch.",
                    "Use the tool made for it, if there is one; else look in the EHR itself.");
        }
        return type;
    }
}
