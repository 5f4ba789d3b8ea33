package org.ehrhub.sandbox;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.sandbox.fhir.FreeTimes;
import org.ehrhub.sandbox.fhir.Habits;
import org.ehrhub.sandbox.fhir.Offered;
import org.ehrhub.sandbox.payer.Claims;
import org.ehrhub.sandbox.payer.EligibilityAtOnce;
import org.ehrhub.sandbox.payer.EligibilityLater;
import org.ehrhub.sandbox.summaries.Everything;
import org.ehrhub.sandbox.summaries.PatientSummary;
import org.ehrhub.sandbox.terminology.CodeSystemOperations;
import org.ehrhub.sandbox.terminology.ConceptMapOperations;
import org.ehrhub.sandbox.terminology.ValueSetOperations;

/** What each site does its own way, and what it can do beside reading, searching and writing its types. */
final class Customs {
    static final Habits ST_MARYS = new Habits(
            "stmarys",
            ZoneId.of("America/New_York"),
            5,
            5,
            true,
            Set.of(
                    "CodeSystem",
                    "ValueSet",
                    "ConceptMap",
                    "Claim",
                    "ClaimResponse",
                    "CoverageEligibilityRequest",
                    "CoverageEligibilityResponse"),
            Set.of(),
            Map.of());
    static final Habits LAKESIDE = new Habits(
            "lakeside",
            ZoneId.of("Europe/London"),
            20,
            100,
            false,
            Set.of("CoverageEligibilityResponse"),
            Set.of("Task"),
            Map.of("Patient", Set.of("birthdate")));
    static final List<Offered> AT_ST_MARYS = List.of(
            new Offered("Patient", Everything::new),
            new Offered("CoverageEligibilityRequest", EligibilityAtOnce::new),
            new Offered("Claim", Claims::new),
            new Offered("CodeSystem", CodeSystemOperations::new),
            new Offered("ValueSet", ValueSetOperations::new),
            new Offered("ConceptMap", ConceptMapOperations::new));
    static final List<Offered> AT_LAKESIDE = List.of(
            new Offered("Appointment", FreeTimes::new),
            new Offered("Patient", PatientSummary::new),
            new Offered("CoverageEligibilityResponse", EligibilityLater::new));

    private Customs() {}
}
