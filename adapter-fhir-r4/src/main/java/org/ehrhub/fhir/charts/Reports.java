package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Report;
import org.ehrhub.tools.charts.ReportList;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DiagnosticReport;
import org.hl7.fhir.r4.model.DiagnosticReport.DiagnosticReportStatus;
import org.jspecify.annotations.Nullable;

/** {@code report.list} on one FHIR R4 server (DiagnosticReport, R4, 10.3). */
final class Reports {
    private static final String SECTIONS = "http://terminology.hl7.org/CodeSystem/v2-0074";
    private static final int CONCLUSION = 600;

    private final ChartReading charts;
    private final FhirServer server;

    Reports(ChartReading charts) {
        this.charts = charts;
        this.server = charts.server();
    }

    ToolResult<Page<Report>> list(ReportList input, CallContext call) {
        var category = input.category() == null ? null : CodeToken.parse(input.category(), "category");
        var search = new ChartSearch<DiagnosticReport>(input.patient())
                .coded("category", category, DiagnosticReport::getCategory)
                .between("date", input.from(), input.to(), row -> TimeSpan.of(row.getEffective()))
                .newestFirst("date", row -> TimeSpan.of(row.getEffective()));
        return charts.list(type(), search, input.rows(), call);
    }

    private ChartType<DiagnosticReport, Report> type() {
        return new ChartType<>(
                DiagnosticReport.class,
                DiagnosticReport::getSubject,
                row -> row.getStatus() == DiagnosticReportStatus.ENTEREDINERROR,
                row -> Stream.empty(),
                (row, included) -> report(row));
    }

    private Report report(DiagnosticReport source) {
        return new Report(
                new Reference(server.ehr(), "DiagnosticReport", source.getIdPart()),
                Concepts.words(source.getCode()),
                Concepts.token(source.getCode()),
                source.getStatus() == DiagnosticReportStatus.FINAL || !source.hasStatus()
                        ? null
                        : source.getStatus().toCode(),
                category(source.getCategory()),
                TimeSpan.written(source.getEffective()),
                source.hasConclusion()
                        ? Words.line(source.getConclusion(), CONCLUSION)
                        : Concepts.allWords(source.getConclusionCode()),
                number(source.getResult().size()),
                number(source.getPresentedForm().size()),
                server.reference(source.getSubject()));
    }

    /** Its code of the sections everybody knows, LAB or RAD, else the words of the first. */
    private static @Nullable String category(List<CodeableConcept> categories) {
        return categories.stream()
                .flatMap(category -> category.getCoding().stream())
                .filter(coding -> SECTIONS.equals(coding.getSystem()) && coding.hasCode())
                .map(coding -> Optional.ofNullable(coding.getCode()))
                .findFirst()
                .flatMap(code -> code)
                .orElseGet(() -> Concepts.firstWords(categories));
    }

    private static @Nullable Integer number(int count) {
        return count == 0 ? null : count;
    }
}
