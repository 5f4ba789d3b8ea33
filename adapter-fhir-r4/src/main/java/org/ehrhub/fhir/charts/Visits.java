package org.ehrhub.fhir.charts;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.CarePlan;
import org.ehrhub.tools.charts.CarePlanList;
import org.ehrhub.tools.charts.Encounter;
import org.ehrhub.tools.charts.EncounterList;
import org.hl7.fhir.r4.model.Encounter.EncounterStatus;

/** {@code encounter.list} and {@code careplan.list} on one FHIR R4 server. */
final class Visits {
    private static final CodeToken ASSESSMENT =
            new CodeToken("http://hl7.org/fhir/us/core/CodeSystem/careplan-category", "assess-plan");
    private static final String ONLY_ASSESSMENTS =
            "The EHR lists care plans of one category at a time; these are the assessments with plans, others are missing.";
    private static final Set<EncounterStatus> NEVER_HAPPENED =
            EnumSet.of(EncounterStatus.PLANNED, EncounterStatus.CANCELLED);
    private static final String NO_VISIT = "Left out: %s of a visit that is only planned or was cancelled.";

    private final ChartReading charts;
    private final ChartType<org.hl7.fhir.r4.model.Encounter, Encounter> encounters;
    private final ChartType<org.hl7.fhir.r4.model.CarePlan, CarePlan> carePlans;

    Visits(ChartReading charts) {
        var records = new VisitRecords(charts.server());
        this.charts = charts;
        this.encounters = records.encounters();
        this.carePlans = records.carePlans();
    }

    ToolResult<Page<Encounter>> encounters(EncounterList input, CallContext call) {
        return charts.list(encounters, encountersOf(input), input.rows(), call);
    }

    /** Those that took place, or do. */
    ToolResult<Page<Encounter>> past(EncounterList input, CallContext call) {
        var search = encountersOf(input)
                .without(row -> row.hasStatus() && NEVER_HAPPENED.contains(row.getStatus()), NO_VISIT);
        return charts.list(encounters, search, input.rows(), call);
    }

    ToolResult<Page<CarePlan>> carePlans(CarePlanList input, CallContext call) {
        var search = new ChartSearch<org.hl7.fhir.r4.model.CarePlan>(input.patient())
                .status(
                        "status",
                        Optional.ofNullable(input.status()).stream().toList(),
                        row -> row.hasStatus() ? row.getStatus().toCode() : null)
                .elseOnly("category", ASSESSMENT, ONLY_ASSESSMENTS);
        return charts.list(carePlans, search, input.rows(), call);
    }

    private static ChartSearch<org.hl7.fhir.r4.model.Encounter> encountersOf(EncounterList input) {
        return new ChartSearch<org.hl7.fhir.r4.model.Encounter>(input.patient())
                .between("date", input.from(), input.to(), row -> TimeSpan.of(row.getPeriod()))
                .newestFirst("date", row -> TimeSpan.of(row.getPeriod()));
    }
}
