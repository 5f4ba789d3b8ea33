package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import org.ehrhub.tools.Page;
import org.ehrhub.tools.charts.Allergy;
import org.ehrhub.tools.charts.AllergyList;
import org.ehrhub.tools.charts.CarePlanList;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.Condition;
import org.ehrhub.tools.charts.ConditionList;
import org.ehrhub.tools.charts.EncounterList;
import org.ehrhub.tools.charts.ImmunizationList;
import org.ehrhub.tools.charts.ProcedureList;
import org.ehrhub.tools.charts.Report;
import org.ehrhub.tools.charts.ReportList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every kind of record but results and orders, as servers write it and as the hub shows it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChartListsIT {
    private static final String VERIFIED = "\"verificationStatus\":{\"coding\":[{\"code\":\"%s\"}]}";

    private ScriptedChart chart;

    @BeforeAll
    void open() {
        chart = new ScriptedChart();
    }

    @AfterAll
    void close() {
        chart.close();
    }

    @Test
    void showsAProblem() {
        chart.holds(ofPatient("Condition", "c1", """
                "clinicalStatus":{"coding":[{"code":"active"}]},
                "category":[{"coding":[{"code":"problem-list-item"}]}],
                "severity":{"coding":[{"code":"24484000","display":"Severe"}]},
                "code":{"coding":[{"system":"http://snomed.info/sct","code":"195967001","display":"Asthma"}]},
                "onsetAge":{"value":12,"unit":"a"},"abatementString":"last spring","recordedDate":"2020-05",
                "note":[{"text":"worse in winter"}],%s""".formatted(VERIFIED.formatted("provisional"))));
        assertThat(conditions(null))
                .isEqualTo(new Condition(
                        conditions(null).ref(),
                        "Asthma",
                        "snomed|195967001",
                        "active",
                        "provisional",
                        "problem-list-item",
                        "Severe",
                        "at age 12 a",
                        "last spring",
                        "2020-05",
                        "worse in winter",
                        PATIENT));
    }

    @ParameterizedTest
    @CsvSource({"confirmed, ", "unconfirmed, unconfirmed", "refuted, refuted", "differential, differential"})
    void saysHowSureAProblemIsUnlessItIsConfirmed(String status, @Nullable String shown) {
        chart.holds(ofPatient("Condition", "c1", VERIFIED.formatted(status)));
        assertThat(conditions(null).verification()).isEqualTo(shown);
    }

    @Test
    void sendsAndChecksTheStatusOfAProblem() {
        chart.holds(
                ofPatient("Condition", "c1", "\"clinicalStatus\":{\"coding\":[{\"code\":\"resolved\"}]}"),
                ofPatient("Condition", "c2", "\"clinicalStatus\":{\"coding\":[{\"code\":\"active\"}]}"),
                ofPatient("Condition", "c3", ""));
        assertThat(conditions("active").ref().id()).isEqualTo("c2");
        assertThat(chart.asked().getLast())
                .isEqualTo("Condition?patient=Patient%2Fp1&clinical-status=active&_count=20");
    }

    @Test
    void neverShowsAnAllergyEnteredInError() {
        chart.holds(ofPatient("AllergyIntolerance", "a1", VERIFIED.formatted("entered-in-error")));
        var page = allergies();
        assertThat(page.items()).isEmpty();
        assertThat(page.warnings()).containsExactly("Left out: 1 row that was entered in error.");
    }

    @Test
    void claimsNothingWhereNoAllergyIsListed() {
        chart.holds();
        assertThat(allergies().items()).isEmpty();
        assertThat(allergies().warnings()).isEmpty();
    }

    @Test
    void showsAnAllergyWithItsReactions() {
        chart.holds(ofPatient("AllergyIntolerance", "a1", """
                "clinicalStatus":{"coding":[{"code":"active"}]},"type":"allergy","criticality":"high",
                "onsetDateTime":"2019","recordedDate":"2020-01-02",%s,
                "reaction":[{"substance":{"text":"Penicillin V"},"manifestation":[{"text":"Hives"},{"text":"Wheeze"}],"severity":"severe"},
                            {"description":"felt faint","manifestation":[]}]""".formatted(VERIFIED.formatted("refuted"))));
        var allergy = allergies().items().getFirst();
        assertThat(allergy.name()).isEqualTo("Penicillin V");
        assertThat(allergy.verification()).isEqualTo("refuted");
        assertThat(allergy.reactions()).containsExactly("Hives; Wheeze (severe)", "felt faint");
        assertThat(allergy.criticality()).isEqualTo("high");
        assertThat(allergy.onset()).isEqualTo("2019");
    }

    @Test
    void showsVaccinationsGivenAndNotAndNamesWeakDoses() {
        chart.holds(ofPatient("Immunization", "i1", """
                        "status":"completed","isSubpotent":true,"occurrenceDateTime":"2026-02","lotNumber":"L7","primarySource":false,
                        "vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140","display":"Influenza"}]}"""), ofPatient("Immunization", "i2", """
                        "status":"not-done","statusReason":{"text":"refused"},"occurrenceString":"last autumn","primarySource":true"""));
        var page = chart.list(ChartTools.IMMUNIZATIONS, new ImmunizationList(PATIENT, null, null));
        assertThat(page.items().getFirst().code()).isEqualTo("cvx|140");
        assertThat(page.items().getFirst().reported()).isTrue();
        assertThat(page.items().get(1).status()).isEqualTo("not-done");
        assertThat(page.items().get(1).reason()).isEqualTo("refused");
        assertThat(page.items().get(1).at()).isEqualTo("last autumn");
        assertThat(page.warnings()).containsExactly("The dose was too weak and may not protect: alpha/Immunization/i1");
    }

    @Test
    void listsOnlyProceduresThatWereDoneOrAreUnderWay() {
        chart.holds(
                ofPatient(
                        "Procedure",
                        "r1",
                        "\"status\":\"completed\",\"performedPeriod\":{\"start\":\"2026-02-01\",\"end\":\"2026-02-02\"}"),
                ofPatient("Procedure", "r2", "\"status\":\"not-done\""),
                ofPatient("Procedure", "r3", "\"status\":\"preparation\""),
                ofPatient(
                        "Procedure", "r4", "\"status\":\"in-progress\",\"performedAge\":{\"value\":40,\"unit\":\"a\"}"),
                ofPatient("Procedure", "r5", "\"status\":\"entered-in-error\""));
        var page = chart.list(ChartTools.PROCEDURES, new ProcedureList(PATIENT, null, null, null, null));
        assertThat(page.items()).extracting(row -> row.ref().id()).containsExactly("r1", "r4");
        assertThat(page.items().getFirst().at()).isEqualTo("2026-02-01");
        assertThat(page.items().getFirst().end()).isEqualTo("2026-02-02");
        assertThat(page.items().get(1).at()).isEqualTo("at age 40 a");
        assertThat(page.warnings()).contains("Left out: 2 rows of what was not done or has not begun.");
    }

    @Test
    void showsAVisit() {
        chart.holds(ofPatient("Encounter", "e1", """
                "status":"finished","class":{"code":"AMB"},"type":[{"text":"Check up"}],
                "period":{"start":"2026-03-01T09:00:00+01:00","end":"2026-03-01T09:30:00+01:00"},
                "reasonCode":[{"text":"cough"}],"location":[{"location":{"display":"Room 2"}}],
                "participant":[{"individual":{"reference":"Practitioner/x","display":"Dr. Moor"}},
                 {"individual":{"reference":"RelatedPerson/y","display":"Mother"}}]"""));
        var visit = chart.list(ChartTools.ENCOUNTERS, new EncounterList(PATIENT, null, null, null, null))
                .items()
                .getFirst();
        assertThat(visit.kind()).isEqualTo("ambulatory");
        assertThat(visit.start()).isEqualTo("2026-03-01T09:00:00+01:00");
        assertThat(visit.practitioners()).containsExactly("Dr. Moor");
        assertThat(visit.location()).isEqualTo("Room 2");
        assertThat(visit.reason()).isEqualTo("cough");
    }

    @Test
    void showsWhatACarePlanForbidsAsForbidden() {
        chart.holds(ofPatient("CarePlan", "p1", """
                "status":"active","intent":"plan","title":"Diabetes","category":[{"text":"Self care"}],
                "activity":[{"detail":{"code":{"text":"Diet"},"status":"in-progress"}},
                 {"detail":{"description":"Drive","doNotPerform":true,"status":"not-started"}},
                 {"detail":{"description":"Wrong","status":"entered-in-error"}},
                 {"reference":{"reference":"ServiceRequest/1","display":"HbA1c"}}]"""));
        var plan = chart.list(ChartTools.CARE_PLANS, new CarePlanList(PATIENT, "active", null, null))
                .items()
                .getFirst();
        assertThat(plan.activities())
                .containsExactly("Diet (in-progress)", "NOT to be done: Drive (not-started)", "HbA1c");
        assertThat(plan.title()).isEqualTo("Diabetes");
    }

    @Test
    void showsAReportWithItsConclusionAndWhatItRestsOn() {
        chart.holds(ofPatient("DiagnosticReport", "r1", """
                "status":"amended","code":{"coding":[{"system":"http://loinc.org","code":"24627-2","display":"CT chest"}]},
                "category":[{"text":"Imaging","coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0074","code":"RAD"}]}],
                "effectiveDateTime":"2026-03-01","conclusion":"No mass.","result":[{"reference":"Observation/1"},{"reference":"Observation/2"}],
                "presentedForm":[{"contentType":"application/pdf"}]"""));
        var page = chart.list(ChartTools.REPORTS, new ReportList(PATIENT, "RAD", null, null, null, null));
        assertThat(page.items())
                .containsExactly(new Report(
                        page.items().getFirst().ref(),
                        "CT chest",
                        "loinc|24627-2",
                        "amended",
                        "RAD",
                        "2026-03-01",
                        "No mass.",
                        2,
                        1,
                        PATIENT));
    }

    private Condition conditions(@Nullable String status) {
        return chart.list(ChartTools.CONDITIONS, new ConditionList(PATIENT, status, null, null, null))
                .items()
                .getFirst();
    }

    private Page<Allergy> allergies() {
        return chart.list(ChartTools.ALLERGIES, new AllergyList(PATIENT, null, null));
    }
}
