package org.ehrhub.fhir.charts;

import java.util.EnumSet;
import java.util.Set;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Immunization;
import org.ehrhub.tools.charts.ImmunizationList;
import org.ehrhub.tools.charts.Procedure;
import org.ehrhub.tools.charts.ProcedureList;
import org.hl7.fhir.r4.model.Procedure.ProcedureStatus;

/** {@code immunization.list} and {@code procedure.list} on one FHIR R4 server. */
final class Treatments {
    private static final Set<ProcedureStatus> NOT_BEGUN =
            EnumSet.of(ProcedureStatus.PREPARATION, ProcedureStatus.NOTDONE);
    private static final String UNDONE = "Left out: %s of what was not done or has not begun.";
    private static final String SUBPOTENT = "The dose was too weak and may not protect:";

    private final ChartReading charts;
    private final ChartType<org.hl7.fhir.r4.model.Immunization, Immunization> immunizations;
    private final ChartType<org.hl7.fhir.r4.model.Procedure, Procedure> procedures;

    Treatments(ChartReading charts) {
        var records = new TreatmentRecords(charts.server());
        this.charts = charts;
        this.immunizations = records.immunizations();
        this.procedures = records.procedures();
    }

    ToolResult<Page<Immunization>> immunizations(ImmunizationList input, CallContext call) {
        return charts.list(given(input.patient()), input.rows(), call);
    }

    ChartRequest<org.hl7.fhir.r4.model.Immunization, Immunization> given(Reference patient) {
        var search = new ChartSearch<org.hl7.fhir.r4.model.Immunization>(patient)
                .noting(org.hl7.fhir.r4.model.Immunization::getIsSubpotent, SUBPOTENT)
                .newestFirst("date", row -> TimeSpan.of(row.getOccurrence()));
        return new ChartRequest<>(immunizations, search);
    }

    ToolResult<Page<Procedure>> procedures(ProcedureList input, CallContext call) {
        var search = new ChartSearch<org.hl7.fhir.r4.model.Procedure>(input.patient())
                .without(row -> row.hasStatus() && NOT_BEGUN.contains(row.getStatus()), UNDONE)
                .between("date", input.from(), input.to(), row -> TimeSpan.of(row.getPerformed()))
                .newestFirst("date", row -> TimeSpan.of(row.getPerformed()));
        return charts.list(procedures, search, input.rows(), call);
    }
}
