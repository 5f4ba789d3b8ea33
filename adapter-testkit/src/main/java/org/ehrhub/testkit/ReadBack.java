package org.ehrhub.testkit;

import java.util.Map;
import java.util.Optional;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.appointments.Appointment;
import org.ehrhub.tools.appointments.AppointmentGet;
import org.ehrhub.tools.appointments.AppointmentTools;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.documents.Document;
import org.ehrhub.tools.documents.DocumentTools;
import org.ehrhub.tools.patients.Patient;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.ehrhub.tools.tasks.Task;
import org.ehrhub.tools.tasks.TaskTools;
import org.jspecify.annotations.Nullable;

/** How a record that was written shows through the tools that read. */
record ReadBack(Bench bench) {

    /** The record as a reading tool shows it; empty where the adapter has none for it. */
    Optional<Record> of(Record written) {
        return switch (written) {
            case Appointment one -> read(AppointmentTools.GET, new AppointmentGet(one.appointment()));
            case Patient one -> read(PatientTools.GET, new PatientGet(one.patient(), true));
            case Observation one -> row(ChartTools.VITALS, one.subject(), one.ref());
            case Document one -> row(DocumentTools.SEARCH, one.subject(), one.ref());
            case Task one -> row(TaskTools.LIST, one.subject(), one.ref());
            case Coverage one -> row(CoverageTools.LIST, one.subject(), one.ref());
            default -> Optional.empty();
        };
    }

    private Optional<Record> read(CanonicalTool<?, ?> tool, Record input) {
        return bench.has(tool) ? Optional.of(bench.calls().got(tool, input)) : Optional.empty();
    }

    private Optional<Record> row(CanonicalTool<?, ?> tool, @Nullable Reference patient, Reference reference) {
        if (!bench.has(tool) || patient == null) {
            return Optional.empty();
        }
        var input = Inputs.of(tool.input(), Map.of("patient", patient));
        var whole = Inputs.has(tool.input(), "status")
                        && Inputs.words(tool.input(), "status").contains("any")
                ? Inputs.with(input, "status", "any")
                : input;
        return Optional.of(bench.calls().all(tool, whole).stream()
                .filter(row -> Answers.own(row).contains(reference))
                .findFirst()
                .orElseThrow(() -> new AssertionError(tool.name() + " does not show what was written")));
    }
}
