package org.ehrhub.fhir.charts;

import java.time.OffsetDateTime;
import java.util.List;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.LabList;
import org.ehrhub.tools.charts.Observation;
import org.ehrhub.tools.charts.VitalList;
import org.jspecify.annotations.Nullable;

/** {@code lab.list} and {@code vital.list} on one FHIR R4 server. */
final class Results {
    private final ChartReading charts;
    private final ChartType<org.hl7.fhir.r4.model.Observation, Observation> type;

    Results(ChartReading charts) {
        this.charts = charts;
        this.type = new ObservationRecords(charts.server()).type();
    }

    ToolResult<Page<Observation>> labs(LabList input, CallContext call) {
        var search = search(input.patient(), "laboratory", input.code());
        return list(search, input.from(), input.to(), input, call);
    }

    ToolResult<Page<Observation>> vitals(VitalList input, CallContext call) {
        var search = search(input.patient(), "vital-signs", input.code());
        return list(search, input.from(), input.to(), input, call);
    }

    private ToolResult<Page<Observation>> list(
            ChartSearch<org.hl7.fhir.r4.model.Observation> search,
            @Nullable OffsetDateTime from,
            @Nullable OffsetDateTime to,
            ListInput input,
            CallContext call) {
        search.between("date", from, to, row -> TimeSpan.of(row.getEffective()))
                .newestFirst("date", row -> TimeSpan.of(row.getEffective()));
        return charts.list(type, search, input.rows(), call);
    }

    /** US Core has every server search by category, and by code, but not by both at once. */
    private static ChartSearch<org.hl7.fhir.r4.model.Observation> search(
            Reference patient, String category, @Nullable String code) {
        var kind = new CodeToken(null, category);
        var search = new ChartSearch<org.hl7.fhir.r4.model.Observation>(patient);
        return code == null
                ? search.usual("category", kind, org.hl7.fhir.r4.model.Observation::getCategory)
                : search.usual("code", CodeToken.parse(code, "code"), row -> List.of(row.getCode()))
                        .coded("category", kind, org.hl7.fhir.r4.model.Observation::getCategory);
    }
}
