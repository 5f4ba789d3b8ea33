package org.ehrhub.fhir.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ehrhub.fhir.charts.ScriptedChart.PATIENT;
import static org.ehrhub.fhir.charts.ScriptedChart.ofPatient;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.ehrhub.fhir.ScriptedEhr;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.charts.ScriptedChart;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.documents.DocumentGet;
import org.ehrhub.tools.documents.DocumentSearch;
import org.ehrhub.tools.documents.DocumentText;
import org.ehrhub.tools.documents.DocumentTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents as servers keep them: in the record, in a Binary, somewhere else, or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {
    private static final Reference DOCUMENT = Reference.parse("alpha/DocumentReference/d1");
    private static final Reference REPORT = Reference.parse("alpha/DiagnosticReport/r1");

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
    void listsDocumentsWithTheirState() {
        chart.holds(
                document(
                        "d1",
                        "\"docStatus\":\"final\",\"date\":\"2026-03-03T09:00:00+01:00\"",
                        inline("text/plain", "x")),
                document(
                                "d2",
                                "\"docStatus\":\"preliminary\",\"date\":\"2026-03-02T09:00:00Z\"",
                                inline("text/plain", "x"))
                        .replace("\"display\":\"Progress note\"", "\"display\":\"Consult\""),
                document("d3", "\"date\":\"2026-03-01T09:00:00Z\"", "").replace("current", "superseded"),
                document("d4", "", "").replace("current", "entered-in-error"),
                document("d5", "\"docStatus\":\"entered-in-error\"", ""));
        var page = chart.list(
                DocumentTools.SEARCH,
                new DocumentSearch(PATIENT, "loinc|11506-3", "clinical-note", null, null, null, null));
        assertThat(page.items()).extracting(row -> row.status()).containsExactly(null, "preliminary", "superseded");
        var first = page.items().getFirst();
        assertThat(first.at()).isEqualTo("2026-03-03T09:00:00+01:00");
        assertThat(first.type()).isEqualTo("Progress note");
        assertThat(first.code()).isEqualTo("loinc|11506-3");
        assertThat(first.category()).isEqualTo("clinical-note");
        assertThat(first.author()).isEqualTo("Dr. Moor");
        assertThat(first.format()).isEqualTo("text/plain");
        assertThat(first.files()).isNull();
        assertThat(page.warnings()).containsExactly("Left out: 2 rows that were entered in error.");
        assertThat(chart.asked().getLast())
                .isEqualTo("DocumentReference?patient=Patient%2Fp1&type=http%3A%2F%2Floinc.org%7C11506-3"
                        + "&category=clinical-note&_sort=-date&_count=20");
    }

    @Test
    void readsATextThatIsInTheRecord() {
        answers(document("d1", "\"docStatus\":\"preliminary\"", inline("text/plain; charset=iso-8859-1", "Müller")));
        var text = read(new DocumentGet(DOCUMENT, null, null));
        assertThat(text.text()).isEqualTo("Müller");
        assertThat(text.status()).isEqualTo("preliminary");
        assertThat(text.format()).isEqualTo("text/plain");
        assertThat(text.characters()).isEqualTo(6);
        assertThat(text.next()).isNull();
        assertThat(text.subject()).isEqualTo(PATIENT);
        assertThat(text.author()).isEqualTo("Dr. Moor");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Binary/b1", "%s/Binary/b1", "%s/Binary/b1/_history/2"})
    void readsATextThatIsInABinary(String url) {
        var address = url.formatted(chart.ehr().server().url("/fhir"));
        var record = document(
                "d1", "", "{\"attachment\":{\"contentType\":\"text/plain\",\"url\":\"%s\"}}".formatted(address));
        chart.ehr()
                .server()
                .answers(request -> request.target().equals("/fhir/Binary/b1")
                        ? new Answer(200, "from the Binary").with("Content-Type", "text/plain; charset=utf-8")
                        : new Answer(200, record));
        assertThat(read(new DocumentGet(DOCUMENT, null, null)).text()).isEqualTo("from the Binary");
    }

    @Test
    void readsATextThatTheServerKeepsBesideFhir() {
        var address = chart.ehr().server().url("/files/letter.txt?signature=abc");
        var record = document(
                "d1", "", "{\"attachment\":{\"contentType\":\"text/plain\",\"url\":\"%s\"}}".formatted(address));
        chart.ehr()
                .server()
                .answers(request -> request.target().startsWith("/files/")
                        ? new Answer(200, "from the files").with("Content-Type", "text/plain")
                        : new Answer(200, record));
        assertThat(read(new DocumentGet(DOCUMENT, null, null)).text()).isEqualTo("from the files");
    }

    @Test
    void readsATextHeldInTheRecordAsABinary() {
        answers(document(
                "d1",
                """
                "contained":[{"resourceType":"Binary","id":"b1","contentType":"text/html","data":"%s"}]""".formatted(base64("<p>held</p>".getBytes(StandardCharsets.UTF_8))),
                "{\"attachment\":{\"url\":\"#b1\"}}"));
        assertThat(read(new DocumentGet(DOCUMENT, null, null)).text()).isEqualTo("held");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://elsewhere.example/x.txt",
                "ftp://x/y",
                "Patient/p1",
                "../admin",
                "Bot/1/$execute",
                "%s/Bot/1/$execute",
                "%s/../fhir/Bot/1/$execute",
                "%s/../bots/1/$execute",
                "urn:uuid:1",
                "no address",
                "data:text/plain,x"
            })
    void fetchesFromNoOtherPlace(String url) {
        var address = url.formatted(chart.ehr().server().url("/fhir"));
        answers(document(
                "d1", "", "{\"attachment\":{\"contentType\":\"text/plain\",\"url\":\"%s\"}}".formatted(address)));
        int before = chart.asked().size();
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(chart.asked()).hasSize(before + 1);
    }

    @Test
    void readsTheFileAskedFor() {
        answers(document("d1", "", inline("text/plain", "one") + "," + inline("text/html", "<p>two</p>")));
        var second = read(new DocumentGet(DOCUMENT, 2, null));
        assertThat(second.text()).isEqualTo("two");
        assertThat(second.format()).isEqualTo("text/html");
        assertThat(second.files()).isEqualTo(2);
        assertThat(code(new DocumentGet(DOCUMENT, 3, null))).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void readsALongTextInParts() {
        answers(document("d1", "", inline("text/plain", "word ".repeat(5000).strip())));
        var first = read(new DocumentGet(DOCUMENT, null, null));
        assertThat(first.characters()).isEqualTo(24_999);
        assertThat(first.next()).isNotNull();
        var rest = read(new DocumentGet(DOCUMENT, null, first.next()));
        assertThat(first.text().length() + rest.text().length()).isLessThanOrEqualTo(24_999);
        assertThat(code(new DocumentGet(DOCUMENT, null, 24_999))).isEqualTo(ErrorCode.INVALID_INPUT);
    }

    @Test
    void readsTheTextOfAReport() {
        answers(report(
                "\"conclusion\":\"In short.\",\"presentedForm\":[{\"title\":\"CT\",\"contentType\":\"text/plain\",\"data\":\"%s\"}]"
                        .formatted(base64("In full.".getBytes(StandardCharsets.UTF_8)))));
        var text = read(new DocumentGet(REPORT, null, null));
        assertThat(text.text()).isEqualTo("In full.");
        assertThat(text.title()).isEqualTo("CT");
        assertThat(text.type()).isEqualTo("CT chest");
    }

    @Test
    void givesTheWholeConclusionOfAReportWithoutAFile() {
        answers(report("\"conclusion\":\"%s\"".formatted("c".repeat(5000))));
        assertThat(read(new DocumentGet(REPORT, null, null)).text()).hasSize(5000);
        answers(report("\"issued\":\"2026-03-01T09:00:00Z\""));
        assertThat(code(new DocumentGet(REPORT, null, null))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void showsNothingEnteredInErrorOrModified() {
        answers(document("d1", "", inline("text/plain", "x")).replace("current", "entered-in-error"));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.NOT_FOUND);
        answers(report("\"conclusion\":\"x\"").replace("final", "entered-in-error"));
        assertThat(code(new DocumentGet(REPORT, null, null))).isEqualTo(ErrorCode.NOT_FOUND);
        var modified = "\"modifierExtension\":[{\"url\":\"urn:x\",\"valueBoolean\":true}]";
        answers(document("d1", modified, inline("text/plain", "x")));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.UNSUPPORTED);
        answers(document(
                "d1", "", inline("text/plain", "x").replace("{\"attachment\"", "{" + modified + ",\"attachment\"")));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void readsNoFileThatIsTooLarge() {
        answers(document(
                "d1",
                "",
                "{\"attachment\":{\"contentType\":\"text/plain\",\"data\":\"%s\"}}"
                        .formatted("QUFB".repeat(DocumentFiles.MOST / 3 + 1))));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void saysWhenAFileHasNeitherTextNorAddress() {
        answers(document("d1", "", "{\"attachment\":{\"contentType\":\"text/plain\"}}"));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.UNSUPPORTED);
        answers(document("d1", "", "").replace(",\"content\":[]", ""));
        assertThat(code(new DocumentGet(DOCUMENT, null, null))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    private void answers(String record) {
        chart.ehr().server().answers(request -> new Answer(200, record));
    }

    private DocumentText read(DocumentGet input) {
        var result = chart.ehr().call(DocumentTools.GET, input);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return ((ToolResult.Ok<DocumentText>) result).value();
    }

    private @Nullable ErrorCode code(DocumentGet input) {
        return ScriptedEhr.code(chart.ehr().call(DocumentTools.GET, input));
    }

    private static String document(String id, String fields, String contents) {
        return ofPatient("DocumentReference", id, """
                "status":"current","type":{"coding":[{"system":"http://loinc.org","code":"11506-3","display":"Progress note"}]},
                "category":[{"coding":[{"code":"clinical-note"}]}],"author":[{"display":"Dr. Moor"}]%s%s,"content":[%s]""".formatted(fields.isEmpty() ? "" : ",", fields, contents));
    }

    private static String report(String fields) {
        return ofPatient("DiagnosticReport", "r1", "\"status\":\"final\",\"code\":{\"text\":\"CT chest\"}," + fields);
    }

    private static String inline(String type, String text) {
        var charset = type.contains("8859") ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
        return "{\"attachment\":{\"contentType\":\"%s\",\"data\":\"%s\"}}"
                .formatted(type, base64(text.getBytes(charset)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
