package org.ehrhub.fhir.charts;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.charts.ChartTools;

/** The tools that read charts, as one FHIR R4 server supports them. */
public final class ChartHandlers {
    private ChartHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        var charts = new ChartReading(server);
        var problems = new Problems(charts);
        var results = new Results(charts);
        var treatments = new Treatments(charts);
        var visits = new Visits(charts);
        tools.onList(ChartTools.CONDITIONS, problems::conditions, Needs.search("Condition"))
                .onList(ChartTools.ALLERGIES, problems::allergies, Needs.search("AllergyIntolerance"))
                .onList(
                        ChartTools.MEDICATIONS,
                        new Orders(charts)::list,
                        Needs.search("MedicationRequest").wanting(Needs.read("Medication")))
                .onList(ChartTools.LABS, results::labs, Needs.search("Observation"))
                .onList(ChartTools.VITALS, results::vitals, Needs.search("Observation"))
                .onList(ChartTools.IMMUNIZATIONS, treatments::immunizations, Needs.search("Immunization"))
                .onList(ChartTools.PROCEDURES, treatments::procedures, Needs.search("Procedure"))
                .onList(ChartTools.ENCOUNTERS, visits::encounters, Needs.search("Encounter"))
                .onList(ChartTools.CARE_PLANS, visits::carePlans, Needs.search("CarePlan"))
                .onList(ChartTools.REPORTS, new Reports(charts)::list, Needs.search("DiagnosticReport"))
                .on(ChartTools.SUMMARY, new Summaries(charts)::get, Needs.read("Patient"));
    }
}
