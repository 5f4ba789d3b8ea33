package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.found;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Summaries of charts on servers that make their own, or not, and of which a part may be down. */
class PatientSummaryIT {
    private static final Answer NONE = new Answer(404, "{}");

    private final ScriptedChart chart = new ScriptedChart();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    @BeforeEach
    void fill() {
        answers.put(
                "Patient/p1",
                new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"text\":\"Ada Hill\"}]}"));
        answers.put("Patient/p1/$summary", NONE);
        answers.put("Condition", found("", condition("c1", "active"), condition("c2", "relapse")));
        answers.put(
                "AllergyIntolerance",
                found("", ofPatient("AllergyIntolerance", "a1", "\"code\":{\"text\":\"Peanut\"}")));
        answers.put("MedicationRequest", found("", order("m1")));
        answers.put("Observation", found("", lab("o1", "2026-03-02"), lab("o2", "2026-03-01")));
        answers.put("Immunization", found("", ofPatient("Immunization", "i1", "\"status\":\"completed\"")));
        answers.put(
                "Encounter",
                found(
                        "",
                        ofPatient("Encounter", "e1", "\"status\":\"finished\""),
                        ofPatient("Encounter", "e2", "\"status\":\"planned\"")));
        chart.ehr()
                .server()
                .answers(request -> answers.getOrDefault(
                        request.target().substring("/fhir/".length()).split("\\?", 2)[0], new Answer(500, "")));
    }

    @AfterEach
    void close() {
        chart.close();
    }

    @Test
    void putsASummaryTogetherFromTheLists() {
        var summary = summary(new PatientSummaryGet(PATIENT, null)).value();
        assertThat(summary.patient().name()).isEqualTo("Ada Hill");
        assertThat(summary.conditions()).extracting(row -> row.ref().id()).containsExactly("c1", "c2");
        assertThat(summary.allergies()).extracting(row -> row.name()).containsExactly("Peanut");
        assertThat(summary.medications()).hasSize(1);
        assertThat(summary.labs()).hasSize(2);
        assertThat(summary.immunizations()).hasSize(1);
        assertThat(summary.encounters()).extracting(row -> row.ref().id()).containsExactly("e1");
        assertThat(summary.more()).isEmpty();
        assertThat(summary.missing()).isEmpty();
    }

    @Test
    void asksForAllSectionsAtTheSameTime() throws InterruptedException {
        var all = new CountDownLatch(8);
        var usual = new ConcurrentHashMap<>(answers);
        chart.ehr().server().answers(request -> {
            var path = request.target().substring("/fhir/".length()).split("\\?", 2)[0];
            if (path.endsWith("$summary")) {
                return NONE;
            }
            all.countDown();
            try {
                all.await(10, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return usual.getOrDefault(path, NONE);
        });
        assertThat(summary(new PatientSummaryGet(PATIENT, null)).value().missing())
                .isEmpty();
        assertThat(all.await(0, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void cutsEachSectionShortAndSaysSo() {
        var summary = summary(new PatientSummaryGet(PATIENT, 1)).value();
        assertThat(summary.conditions()).hasSize(1);
        assertThat(summary.labs()).extracting(row -> row.ref().id()).containsExactly("o1");
        assertThat(summary.more()).contains("conditions: condition.list", "labs: lab.list", "vitals: vital.list");
        assertThat(summary.more()).doesNotContain("allergies: allergy.list");
    }

    @Test
    void callsASectionThatFailsMissingAndNotEmpty() {
        answers.put("AllergyIntolerance", new Answer(503, ""));
        answers.put("Observation", NONE);
        answers.put("Encounter", new Answer(403, ""));
        var summary = summary(new PatientSummaryGet(PATIENT, null)).value();
        assertThat(summary.allergies()).isEmpty();
        assertThat(summary.missing())
                .containsExactly(
                        "allergies (EHR_UNAVAILABLE): try allergy.list",
                        "labs (UNSUPPORTED)",
                        "vitals (UNSUPPORTED)",
                        "encounters (DENIED)");
        assertThat(summary.conditions()).hasSize(2);
    }

    @Test
    void waitsForNoSectionBeyondTheDeadline() throws InterruptedException {
        var released = new CountDownLatch(1);
        var usual = new ConcurrentHashMap<>(answers);
        chart.ehr().server().answers(request -> {
            var path = request.target().substring("/fhir/".length()).split("\\?", 2)[0];
            if (path.equals("Immunization")) {
                try {
                    released.await(20, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return usual.getOrDefault(path, NONE);
        });
        var started = Instant.now();
        var call = new CallContext("call-1", new Caller("test", Set.of()), started.plusSeconds(3));
        var result = chart.ehr()
                .<PatientSummaryGet, PatientSummary>call(
                        ChartTools.SUMMARY, new PatientSummaryGet(PATIENT, null), call);
        released.countDown();
        assertThat(Duration.between(started, Instant.now())).isLessThan(Duration.ofSeconds(3));
        assertThat(((ToolResult.Ok<PatientSummary>) result).value().missing())
                .containsExactly("immunizations (EHR_UNAVAILABLE): try immunization.list");
    }

    @Test
    void failsWhenThePatientIsNotThere() {
        answers.put("Patient/p1", NONE);
        assertThat(code(new PatientSummaryGet(PATIENT, null))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(code(new PatientSummaryGet(Reference.parse("beta/Patient/p1"), null)))
                .isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void saysOfWhichSectionAWarningIs() {
        answers.put(
                "Condition",
                found(
                        "",
                        condition("c1", "active").replace("\"code\":\"confirmed\"", "\"code\":\"entered-in-error\"")));
        assertThat(summary(new PatientSummaryGet(PATIENT, null)).warnings())
                .contains("conditions: Left out: 1 row that was entered in error.");
    }

    @Test
    void asksOnceForASummaryThatTheServerDoesNotMake() {
        summary(new PatientSummaryGet(PATIENT, null));
        summary(new PatientSummaryGet(PATIENT, null));
        assertThat(chart.asked())
                .filteredOn(target -> target.endsWith("$summary"))
                .hasSize(1);
    }

    @Test
    void asksAgainForASummaryWhenOnlyThePatientWasUnknown() {
        var patient = answers.put("Patient/p1", NONE);
        code(new PatientSummaryGet(PATIENT, null));
        answers.put("Patient/p1", patient);
        answers.put(
                "Patient/p1/$summary",
                document("Patient/p1", section("11450-4", "Condition/c7"), condition("c7", "active")));
        var summary = summary(new PatientSummaryGet(PATIENT, null)).value();
        assertThat(summary.conditions()).extracting(row -> row.ref().id()).containsExactly("c7");
    }

    @Test
    void takesSectionsFromTheServersOwnSummary() {
        answers.put(
                "Patient/p1/$summary",
                document(
                        "Patient/p1",
                        section("11450-4", "Condition/c7") + "," + section("10160-0", "MedicationRequest/m7"),
                        condition("c7", "active"),
                        order("m7")));
        var result = summary(new PatientSummaryGet(PATIENT, null));
        assertThat(result.value().conditions())
                .extracting(row -> row.ref().id())
                .containsExactly("c7");
        assertThat(result.value().medications())
                .extracting(row -> row.ref().id())
                .containsExactly("m7");
        assertThat(result.value().allergies()).extracting(row -> row.ref().id()).containsExactly("a1");
        assertThat(result.warnings())
                .contains("conditions: as the EHR chose for its own summary; condition.list may give more.");
        assertThat(chart.asked()).noneMatch(target -> target.startsWith("Condition"));
    }

    @Test
    void listsWhateverOfTheServersSummaryIsNotSafeToShow() {
        var foreign = condition("c8", "active").replace("Patient/p1", "Patient/p2");
        answers.put(
                "Patient/p1/$summary",
                document(
                        "Patient/p1",
                        section("11450-4", "Condition/c7", "Condition/c8") + ","
                                + section("48765-2", "AllergyIntolerance/a9") + ","
                                + section("10160-0", "MedicationStatement/s1"),
                        condition("c7", "active"),
                        foreign,
                        ofPatient("MedicationStatement", "s1", "\"status\":\"active\"")));
        var summary = summary(new PatientSummaryGet(PATIENT, null)).value();
        assertThat(summary.conditions()).extracting(row -> row.ref().id()).containsExactly("c1", "c2");
        assertThat(summary.allergies()).extracting(row -> row.ref().id()).containsExactly("a1");
        assertThat(summary.medications()).extracting(row -> row.ref().id()).containsExactly("m1");
    }

    @Test
    void takesNothingFromASummaryOfSomebodyElse() {
        answers.put(
                "Patient/p1/$summary",
                document("Patient/p2", section("11450-4", "Condition/c7"), condition("c7", "active")));
        var summary = summary(new PatientSummaryGet(PATIENT, null)).value();
        assertThat(summary.conditions()).extracting(row -> row.ref().id()).containsExactly("c1", "c2");
    }

    private ToolResult.Ok<PatientSummary> summary(PatientSummaryGet input) {
        var result = chart.ehr().call(ChartTools.SUMMARY, input);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<PatientSummary>) result;
    }

    private @Nullable ErrorCode code(PatientSummaryGet input) {
        return ScriptedEhr.code(chart.ehr().call(ChartTools.SUMMARY, input));
    }

    private Answer document(String patient, String sections, String... records) {
        var entries = new StringBuilder();
        for (var record : records) {
            var type = record.split("\"", 5)[3];
            var id = record.split("\"id\":\"", 2)[1].split("\"", 2)[0];
            entries.append(",{\"fullUrl\":\"%s\",\"resource\":%s}"
                    .formatted(chart.ehr().server().url("/fhir/" + type + "/" + id), record));
        }
        return new Answer(200, """
                {"resourceType":"Bundle","type":"document","entry":[{"fullUrl":"urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0",
                 "resource":{"resourceType":"Composition","status":"final","title":"Summary",
                 "subject":{"reference":"%s"},"section":[%s]}}%s]}""".formatted(patient, sections, entries));
    }

    private static String section(String code, String... entries) {
        var references = new StringBuilder();
        for (var entry : entries) {
            references.append(references.isEmpty() ? "" : ",").append("{\"reference\":\"" + entry + "\"}");
        }
        return "{\"code\":{\"coding\":[{\"system\":\"http://loinc.org\",\"code\":\"%s\"}]},\"entry\":[%s]}"
                .formatted(code, references);
    }

    private static String condition(String id, String status) {
        return ofPatient("Condition", id, """
                "clinicalStatus":{"coding":[{"code":"%s"}]},"verificationStatus":{"coding":[{"code":"confirmed"}]},
                "code":{"text":"Asthma"}""".formatted(status));
    }

    private static String order(String id) {
        return ofPatient("MedicationRequest", id, """
                "status":"active","intent":"order","medicationCodeableConcept":{"text":"Ibuprofen"}""");
    }

    private static String lab(String id, String at) {
        return ofPatient("Observation", id, """
                "status":"final","category":[{"coding":[{"code":"laboratory"}]},{"coding":[{"code":"vital-signs"}]}],
                "code":{"text":"HbA1c"},"effectiveDateTime":"%s","valueInteger":6""".formatted(at));
    }
}
