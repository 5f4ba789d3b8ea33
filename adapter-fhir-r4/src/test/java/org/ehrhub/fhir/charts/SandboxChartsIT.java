package org.ehrhub.fhir.charts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import org.ehrhub.adapters.ToolHandler;
import org.ehrhub.fhir.SandboxEhr;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.sandbox.Fault;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.CarePlanList;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.ConditionList;
import org.ehrhub.tools.charts.EncounterList;
import org.ehrhub.tools.charts.ImmunizationList;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.MedicationList;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.charts.ReportList;
import org.ehrhub.tools.charts.VitalList;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentSearch;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The charts of the sandbox's people, whose servers page by five and by twenty, and how long the answers are. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SandboxChartsIT {
    private static final int FOUR = 4;
    private static final int MOST_LABS = 4_400;
    private static final int MOST_MEDICATIONS = 1_200;
    private static final int MOST_ANSWER = 16 * 1024;
    private static final Reference PANELS = Reference.parse("stmarys/Patient/sm-1001");
    private static final Reference ODD = Reference.parse("stmarys/Patient/sm-1002");

    private SandboxEhr stMarys;
    private SandboxEhr lakeside;

    @BeforeAll
    void open() {
        stMarys = new SandboxEhr("stmarys", null);
        lakeside = new SandboxEhr("lakeside", null);
        // Generates the people, which may take seconds; a list stops sooner after a slow page.
        list(stMarys, ChartTools.LABS, new LabList(PANELS, null, null, null, null, 1));
    }

    @AfterAll
    void close() {
        stMarys.close();
        lakeside.close();
    }

    @Test
    void listsTheNewestResultsOverThePagesOfTheServer() {
        var page = list(stMarys, ChartTools.LABS, new LabList(PANELS, null, null, null, null, null));
        assertThat(page.items()).hasSize(20);
        assertThat(page.items())
                .extracting(row -> OffsetDateTime.parse(row.at()).toInstant())
                .isSortedAccordingTo(Comparator.reverseOrder());
        assertThat(page.complete()).isFalse();
        assertThat(page.total()).hasValue(30);
        assertThat(AnswerJson.bytes(page)).isLessThanOrEqualTo(MOST_LABS);
    }

    @Test
    void showsResultsThatReadersStumbleOverAsTheyAre() {
        var page = list(stMarys, ChartTools.LABS, new LabList(ODD, null, null, null, null, null));
        assertThat(row(page, "absent").absent()).isEqualTo("error");
        assertThat(row(page, "crp").comparator()).isEqualTo("<");
        assertThat(row(page, "titre").text()).isEqualTo("1:160");
        assertThat(row(page, "group").text()).isEqualTo("Blood group A Rh(D) positive");
        assertThat(row(page, "early").status()).isEqualTo("preliminary");
        assertThat(row(page, "early").value()).hasToString("2.50");
        assertThat(row(page, "month").at()).isEqualTo("2024-03");
        assertThat(row(page, "collected").at()).contains("/");
        assertThat(page.items()).noneMatch(row -> row.ref().id().endsWith("disputed"));
        assertThat(page.warnings()).anyMatch(warning -> warning.startsWith("Withheld: 1 row"));
        var pressure = list(stMarys, ChartTools.VITALS, new VitalList(ODD, "loinc|85354-9", null, null, null, null))
                .items()
                .getFirst();
        assertThat(pressure.components().get(1).absent()).isEqualTo("not-performed");
    }

    @Test
    void keepsTheAnswersOfEveryPersonShort() {
        for (int number = 1001; number < 1025; number++) {
            for (var ehr : List.of(stMarys, lakeside)) {
                var patient = new Reference(ehr.name(), "Patient", (ehr == stMarys ? "sm-" : "lk-") + number);
                var labs = list(ehr, ChartTools.LABS, new LabList(patient, null, null, null, null, null));
                assertThat(AnswerJson.bytes(labs)).isLessThanOrEqualTo(MOST_LABS);
                var orders = list(ehr, ChartTools.MEDICATIONS, new MedicationList(patient, null, null, null));
                assertThat(orders.warnings()).isEmpty();
                if (orders.items().size() <= FOUR) {
                    assertThat(AnswerJson.bytes(orders)).isLessThanOrEqualTo(MOST_MEDICATIONS);
                }
                assertThat(orders.items())
                        .allSatisfy(row -> assertThat(row.code()).startsWith("rxnorm|"));
            }
        }
    }

    @Test
    void readsEveryKindOfList() {
        var patient = Reference.parse("stmarys/Patient/sm-1004");
        assertThat(list(stMarys, ChartTools.CONDITIONS, new ConditionList(patient, "active", null, null, null))
                        .items())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.status()).isEqualTo("active"));
        assertThat(list(stMarys, ChartTools.IMMUNIZATIONS, new ImmunizationList(patient, null, null))
                        .items())
                .isNotEmpty();
        assertThat(list(stMarys, ChartTools.ENCOUNTERS, new EncounterList(patient, null, null, null, null))
                        .items())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.practitioners()).isNotEmpty());
        assertThat(list(stMarys, ChartTools.CARE_PLANS, new CarePlanList(patient, null, null, null))
                        .items())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.activities()).isNotEmpty());
        assertThat(list(stMarys, ChartTools.REPORTS, new ReportList(patient, "RAD", null, null, null, null))
                        .items())
                .isNotEmpty()
                .allSatisfy(row -> assertThat(row.conclusion()).isNotBlank());
    }

    @Test
    void readsEveryDocumentAndEveryReport() {
        for (int number = 1001; number < 1013; number++) {
            var patient = Reference.parse("stmarys/Patient/sm-" + number);
            list(stMarys, DocumentTools.SEARCH, new DocumentSearch(patient, null, null, null, null, null, null))
                    .items()
                    .stream()
                    .map(Document::ref)
                    .forEach(this::readable);
            list(stMarys, ChartTools.REPORTS, new ReportList(patient, "RAD", null, null, null, null)).items().stream()
                    .filter(report -> report.files() != null)
                    .forEach(report -> readable(report.ref()));
        }
    }

    @Test
    void summarisesChartsAtBothSites() {
        for (var ehr : List.of(stMarys, lakeside)) {
            var patient = new Reference(ehr.name(), "Patient", ehr == stMarys ? "sm-1002" : "lk-1002");
            var result = ok(ehr, ChartTools.SUMMARY, new PatientSummaryGet(patient, null));
            assertThat(result.value().patient().name()).isNotBlank();
            assertThat(result.value().labs()).hasSize(8);
            assertThat(result.value().missing()).isEmpty();
            assertThat(result.value().more()).contains("labs: lab.list");
            assertThat(AnswerJson.json(result.value()).length()).isLessThan(MOST_ANSWER);
        }
    }

    @Test
    void leavesOutWhatACarelessServerGives() {
        stMarys.sandbox().site("stmarys").fault(Fault.IGNORES_FILTERS);
        try {
            var page = list(stMarys, ChartTools.LABS, new LabList(ODD, "loinc|4548-4", null, null, null, 5));
            assertThat(page.items()).allSatisfy(row -> {
                assertThat(row.subject()).isEqualTo(ODD);
                assertThat(row.code()).isEqualTo("loinc|4548-4");
            });
            assertThat(page.warnings()).anyMatch(warning -> warning.startsWith("The EHR ignored a filter"));
        } finally {
            stMarys.recover();
        }
    }

    private void readable(Reference document) {
        DocumentText text = ok(stMarys, DocumentTools.GET, new DocumentGet(document, null, null))
                .value();
        assertThat(text.text()).isNotBlank().doesNotContain("<h1", "script", "alert");
        assertThat(text.characters()).isEqualTo(text.text().length());
    }

    private static Observation row(Page<Observation> page, String name) {
        return page.items().stream()
                .filter(row -> row.ref().id().endsWith("-odd-" + name))
                .findFirst()
                .orElseThrow();
    }

    private static <I extends Record, O extends Record> Page<O> list(
            SandboxEhr ehr, CanonicalTool<I, O> tool, I input) {
        return SandboxChartsIT.<I, Page<O>>answered(ehr, tool, input).value();
    }

    private static <I extends Record, O extends Record> ToolResult.Ok<O> ok(
            SandboxEhr ehr, CanonicalTool<I, O> tool, I input) {
        return answered(ehr, tool, input);
    }

    @SuppressWarnings("unchecked")
    private static <I extends Record, R extends Record> ToolResult.Ok<R> answered(
            SandboxEhr ehr, CanonicalTool<I, ?> tool, I input) {
        var handler = (ToolHandler<I, R>)
                ehr.adapter().handlers().find(tool.name()).orElseThrow().handler();
        return (ToolResult.Ok<R>) handler.handle(input, ScriptedEhr.context());
    }
}
