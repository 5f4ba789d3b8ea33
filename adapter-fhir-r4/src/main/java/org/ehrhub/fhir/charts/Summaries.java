package org.ehrhub.fhir.charts;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirId;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.patients.PatientReading;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.PatientSummary;
import org.ehrhub.tools.charts.PatientSummaryGet;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientMatch;

/** {@code patient.summary} on one FHIR R4 server: the patient and all sections are asked for at the same time. */
final class Summaries {
    private static final Duration SPARE = Duration.ofMillis(300);

    private final FhirServer server;
    private final PatientReading patients;
    private final SummaryLists lists;
    private final OwnSummary own;

    Summaries(ChartReading charts) {
        this.server = charts.server();
        this.patients = new PatientReading(server);
        this.lists = new SummaryLists(charts);
        this.own = new OwnSummary(charts);
    }

    ToolResult<PatientSummary> get(PatientSummaryGet input, CallContext call) {
        FhirId.of(input.patient(), "patient", server.ehr());
        var sooner = call.until(call.deadline().minus(SPARE));
        var tasks = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return gathered(input, sooner, tasks);
        } finally {
            tasks.shutdownNow();
        }
    }

    private ToolResult<PatientSummary> gathered(PatientSummaryGet input, CallContext call, ExecutorService tasks) {
        var sections = new SummarySections(tasks, server.clock(), call);
        var patient = tasks.submit(() -> patients.get(new PatientGet(input.patient(), null), call));
        var summary = tasks.submit(() -> own.of(input.patient(), call));
        var begun = lists.begin(input, call, sections, summary);
        var found = match(sections.waitedFor(patient));
        var whole = begun.rows(found, sections);
        if (sections.waitedFor(summary).refused()) {
            own.isNotOffered();
        }
        return new ToolResult.Ok<>(whole, server.provenance(null), sections.warnings());
    }

    private static PatientMatch match(ToolResult<Patient> patient) {
        return switch (patient) {
            case ToolResult.Ok<Patient>(var found, var from, var warnings) -> found.match();
            case ToolResult.Failed<Patient>(var code, var message, var hint) ->
                throw new EhrFailure(code, message, hint);
            case ToolResult.Pending<Patient> pending ->
                throw new EhrFailure(ErrorCode.EHR_UNAVAILABLE, "The EHR answers later.", "Try again later.");
        };
    }
}
