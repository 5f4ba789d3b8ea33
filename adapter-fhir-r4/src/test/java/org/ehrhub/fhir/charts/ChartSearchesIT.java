package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.found;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import java.time.OffsetDateTime;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.AllergyList;
import org.ehrhub.tools.charts.CarePlanList;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.ConditionList;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.VitalList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How charts are searched on servers that know more or less of what they are asked, and what becomes of their rows. */
class ChartSearchesIT {
    private static final LabList ALL = new LabList(PATIENT, null, null, null, null, null);

    private final ScriptedChart chart = new ScriptedChart();

    @AfterEach
    void close() {
        chart.close();
    }

    @Test
    void sendsEveryNarrowing() {
        chart.holds(lab("o1", "2026-03-01"));
        chart.list(
                ChartTools.LABS,
                new LabList(
                        PATIENT, "loinc|4548-4", time("2026-01-01T00:00:00Z"), time("2026-04-01T00:00:00Z"), null, 7));
        assertThat(chart.asked().getFirst())
                .isEqualTo(
                        "Observation?patient=Patient%2Fp1&code=http%3A%2F%2Floinc.org%7C4548-4&category=laboratory"
                                + "&date=ge2026-01-01T00%3A00%3A00%2B00%3A00&date=lt2026-04-01T00%3A00%3A00%2B00%3A00&_sort=-date&_count=7");
    }

    @Test
    void showsNobodyElsesRowsWhateverTheServerGives() {
        chart.holds(
                lab("o1", "2026-03-01"),
                lab("o2", "2026-03-01").replace("Patient/p1", "Patient/p2"),
                lab("o3", "2026-03-01").replace("Patient/p1", "https://elsewhere.example/fhir/Patient/p1"),
                lab("o4", "2026-03-01").replace("\"reference\":\"Patient/p1\"", "\"display\":\"Ada Hill\""),
                lab("o5", "2026-03-01")
                        .replace(
                                "Patient/p1",
                                chart.ehr().server().url("/fhir/Patient/p1").toString()));
        var page = chart.list(ChartTools.LABS, ALL);
        assertThat(ids(page)).containsExactly("o1", "o5");
        assertThat(page.warnings())
                .containsExactly("The EHR ignored a filter: 3 rows that did not match were left out.");
    }

    @Test
    void leavesOutWhatTheServerShouldNotHaveFound() {
        chart.holds(
                lab("o1", "2026-03-01"),
                lab("o2", "2026-03-01").replace("laboratory", "vital-signs"),
                lab("o3", "2026-03-01").replace("4548-4", "2339-0"),
                lab("o4", "2025-12-31"),
                lab("o5", "2026-04-02"));
        var page = chart.list(
                ChartTools.LABS,
                new LabList(PATIENT, "4548-4", time("2026-01-02T00:00:00Z"), time("2026-04-01T00:00:00Z"), null, null));
        assertThat(ids(page)).containsExactly("o1");
        assertThat(page.warnings())
                .containsExactly("The EHR ignored a filter: 4 rows that did not match were left out.");
    }

    @ParameterizedTest
    @CsvSource({
        "2026, true", "2026-03, true", "2026-03-15, true", "2026-03-15T09:00:00Z, true",
                "2026-03-15T10:00:00.5+01:00, true",
        "2025, false", "2026-02, false", "2026-03-13, false", "2026-03-15T08:59:59Z, false",
                "2026-03-15T12:00:00Z, false",
        "2026-04, false"
    })
    void takesADateForAllTheTimesItMayMean(String written, boolean within) {
        chart.holds(lab("o1", written));
        var page = chart.list(
                ChartTools.LABS,
                new LabList(PATIENT, null, time("2026-03-15T09:00:00Z"), time("2026-03-15T12:00:00Z"), null, null));
        assertThat(page.items()).hasSize(within ? 1 : 0);
        assertThat(page.items()).allSatisfy(row -> assertThat(row.at()).isEqualTo(written));
    }

    @Test
    void countsWhatWasEnteredInErrorAndNeverShowsIt() {
        chart.holds(lab("o1", "2026-03-01"), lab("o2", "2026-03-01").replace("final", "entered-in-error"));
        var page = chart.list(ChartTools.LABS, ALL);
        assertThat(ids(page)).containsExactly("o1");
        assertThat(page.warnings()).containsExactly("Left out: 1 row that was entered in error.");
    }

    @Test
    void withholdsRowsWithModifiersEvenWithinTheirParts() {
        var unknown = "\"modifierExtension\":[{\"url\":\"urn:example:not\",\"valueBoolean\":true}]";
        chart.holds(
                lab("o1", "2026-03-01"),
                lab("o2", "2026-03-01").replace("\"status\"", unknown + ",\"status\""),
                lab("o3", "2026-03-01").replace("\"status\"", "\"component\":[{" + unknown + "}],\"status\""),
                lab("o4", "2026-03-01").replace("\"status\"", "\"implicitRules\":\"urn:example:rules\",\"status\""));
        var page = chart.list(ChartTools.LABS, ALL);
        assertThat(ids(page)).containsExactly("o1");
        assertThat(page.warnings()).singleElement().asString().startsWith("Withheld: 3 rows with a modifier");
    }

    @Test
    void showsARowOnceThatTheServerGivesTwice() {
        chart.holds(lab("o1", "2026-03-01"), lab("o1", "2026-03-01"), lab("o2", "2026-02-01"));
        assertThat(ids(chart.list(ChartTools.LABS, ALL))).containsExactly("o1", "o2");
    }

    @Test
    void leavesOutARowThatNoReferenceCanName() {
        chart.holds(lab("o 1", "2026-03-01"), lab("o2", "2026-03-01"));
        var page = chart.list(ChartTools.LABS, ALL);
        assertThat(ids(page)).containsExactly("o2");
        assertThat(page.warnings()).containsExactly("Left out: 1 row whose id the hub cannot write as a reference.");
    }

    @Test
    void sortsAWholeListThatTheServerDidNot() {
        chart.holds(lab("o1", "2026-01"), lab("o2", "2026-03-01T09:00:00Z"), lab("o3", "2026-02-01"));
        var page = chart.list(ChartTools.LABS, ALL);
        assertThat(ids(page)).containsExactly("o2", "o3", "o1");
        assertThat(page.warnings()).isEmpty();
    }

    @Test
    void doesNotCallAPartOfAnUnsortedListTheNewest() {
        chart.ehr()
                .server()
                .answers(request -> found(next(), lab("o1", "2026-01"), lab("o2", "2026-03"), lab("o3", "2026-02")));
        var page = chart.list(ChartTools.LABS, new LabList(PATIENT, null, null, null, null, 3));
        assertThat(ids(page)).containsExactly("o1", "o2", "o3");
        assertThat(page.warnings()).singleElement().asString().startsWith("The EHR does not sort these rows");
    }

    @Test
    void saysNothingOfASortedPart() {
        chart.ehr()
                .server()
                .answers(request -> found(next(), lab("o1", "2026-03-04"), lab("o2", "2026-03"), lab("o3", "2026-02")));
        assertThat(chart.list(ChartTools.LABS, new LabList(PATIENT, null, null, null, null, 3))
                        .warnings())
                .isEmpty();
    }

    @Test
    void asksWithoutWhatTheServerRefuses() {
        chart.refuses(target -> target.contains("_sort"), lab("o1", "2026-03-01"), lab("o2", "2025-03-01"));
        var page =
                chart.list(ChartTools.LABS, new LabList(PATIENT, null, time("2026-01-01T00:00:00Z"), null, null, null));
        assertThat(ids(page)).containsExactly("o1");
        assertThat(page.warnings()).isEmpty();
        assertThat(chart.asked().getLast()).isEqualTo("Observation?patient=p1&category=laboratory&_count=20");
    }

    @Test
    void asksForAllOfThePatientsWhenNoNarrowingIsUnderstood() {
        chart.refuses(target -> target.contains("category"), lab("o1", "2026-03-01"), vital("o2"));
        assertThat(ids(chart.list(ChartTools.LABS, ALL))).containsExactly("o1");
        assertThat(chart.asked().getLast()).isEqualTo("Observation?patient=p1&_count=20");
    }

    @Test
    void saysThatCarePlansOfOtherCategoriesAreMissing() {
        var plan = ofPatient("CarePlan", "c1", "\"status\":\"active\",\"intent\":\"plan\"");
        chart.refuses(target -> !target.contains("category"), plan);
        var page = chart.list(ChartTools.CARE_PLANS, new CarePlanList(PATIENT, null, null, null));
        assertThat(page.items()).hasSize(1);
        assertThat(page.complete()).isFalse();
        assertThat(page.total()).isEmpty();
        assertThat(page.warnings()).singleElement().asString().contains("one category at a time");
    }

    @Test
    void failsWhenNoSearchIsUnderstood() {
        chart.refuses(target -> true);
        assertThat(ScriptedEhr.code(chart.ehr().list(ChartTools.LABS, ALL))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(chart.asked()).hasSize(3);
    }

    @Test
    void doesNotAskAgainWhenTheServerIsDownOrForbids() {
        chart.ehr().server().answers(request -> new Answer(503, ""));
        assertThat(ScriptedEhr.code(chart.ehr().list(ChartTools.LABS, ALL))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        chart.ehr().server().answers(request -> new Answer(403, ""));
        assertThat(ScriptedEhr.code(chart.ehr().list(ChartTools.LABS, ALL))).isEqualTo(ErrorCode.DENIED);
        assertThat(chart.asked()).hasSize(2);
    }

    @Test
    void learnsThatAServerFindsAPatientByBareIdOnly() {
        var allergy = ofPatient("AllergyIntolerance", "a1", "");
        chart.ehr()
                .server()
                .answers(request -> request.target().contains("patient=p1") ? found("", allergy) : found(""));
        var allergies = new AllergyList(PATIENT, null, null);
        assertThat(chart.list(ChartTools.ALLERGIES, allergies).items()).hasSize(1);
        assertThat(chart.list(ChartTools.ALLERGIES, allergies).items()).hasSize(1);
        assertThat(chart.asked())
                .containsExactly(
                        "AllergyIntolerance?patient=Patient%2Fp1&_count=20",
                        "AllergyIntolerance?patient=p1&_count=20", "AllergyIntolerance?patient=p1&_count=20");
    }

    @Test
    void asksOnceForNothingWhereTheFormIsKnown() {
        chart.holds(ofPatient("AllergyIntolerance", "a1", ""));
        chart.list(ChartTools.ALLERGIES, new AllergyList(PATIENT, null, null));
        chart.holds();
        chart.list(ChartTools.CONDITIONS, new ConditionList(PATIENT, null, null, null, null));
        assertThat(chart.asked()).hasSize(2);
    }

    @Test
    void refusesAPatientOfAnotherEhrWithoutAsking() {
        var other = new AllergyList(Reference.parse("beta/Patient/p1"), null, null);
        assertThat(ScriptedEhr.code(chart.ehr().list(ChartTools.ALLERGIES, other)))
                .isEqualTo(ErrorCode.INVALID_INPUT);
        assertThat(chart.asked()).isEmpty();
    }

    @Test
    void goesOnWhereAFullPageEnded() {
        chart.holds(lab("o1", "2026-03-03"), lab("o2", "2026-03-02"), lab("o3", "2026-03-01"));
        var first = chart.list(ChartTools.LABS, new LabList(PATIENT, null, null, null, null, 2));
        Page<Observation> rest = ((org.ehrhub.tools.ToolResult.Ok<Page<Observation>>) chart.ehr()
                        .<LabList, Page<Observation>>call(
                                ChartTools.LABS,
                                new LabList(PATIENT, null, null, null, null, 2),
                                ScriptedEhr.context().at(first.nextOrNull())))
                .value();
        assertThat(ids(first)).containsExactly("o1", "o2");
        assertThat(ids(rest)).containsExactly("o3");
    }

    @Test
    void listsVitalSignsBySignAlone() {
        chart.holds(vital("o1"), lab("o2", "2026-03-01"));
        var page = chart.list(ChartTools.VITALS, new VitalList(PATIENT, null, null, null, null, null));
        assertThat(ids(page)).containsExactly("o1");
        assertThat(chart.asked().getFirst()).contains("category=vital-signs");
    }

    private String next() {
        return chart.ehr().server().url("/fhir?page=2").toString();
    }

    private static java.util.List<String> ids(Page<Observation> page) {
        return page.items().stream().map(row -> row.ref().id()).toList();
    }

    private static @Nullable OffsetDateTime time(String text) {
        return OffsetDateTime.parse(text);
    }

    private static String vital(String id) {
        return lab(id, "2026-03-01").replace("laboratory", "vital-signs").replace("4548-4", "8867-4");
    }

    private static String lab(String id, String at) {
        return ofPatient("Observation", id, """
                "status":"final","category":[{"coding":[{"code":"laboratory"}]}],
                "code":{"coding":[{"system":"http://loinc.org","code":"4548-4","display":"HbA1c"}]},
                "effectiveDateTime":"%s","valueQuantity":{"value":6.10,"unit":"%%"}""".formatted(at));
    }
}
