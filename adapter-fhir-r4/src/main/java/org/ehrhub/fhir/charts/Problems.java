package org.ehrhub.fhir.charts;

import java.util.List;
import java.util.Optional;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CodeToken;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Allergy;
import org.ehrhub.tools.charts.AllergyList;
import org.ehrhub.tools.charts.Condition;
import org.ehrhub.tools.charts.ConditionList;
import org.hl7.fhir.r4.model.AllergyIntolerance;

/** {@code condition.list} and {@code allergy.list} on one FHIR R4 server. */
final class Problems {
    private static final String REFUTED = "Left out: %s of what the patient turned out not to have.";

    private final ChartReading charts;
    private final ChartType<org.hl7.fhir.r4.model.Condition, Condition> conditions;
    private final ChartType<AllergyIntolerance, Allergy> allergies;

    Problems(ChartReading charts) {
        var records = new ProblemRecords(charts.server());
        this.charts = charts;
        this.conditions = records.conditions();
        this.allergies = records.allergies();
    }

    ToolResult<Page<Condition>> conditions(ConditionList input, CallContext call) {
        var search = search(
                input.patient(), Optional.ofNullable(input.status()).stream().toList());
        var category = input.category() == null ? null : new CodeToken(null, input.category());
        search.coded("category", category, org.hl7.fhir.r4.model.Condition::getCategory);
        return charts.list(conditions, search, input.rows(), call);
    }

    ToolResult<Page<Allergy>> allergies(AllergyList input, CallContext call) {
        return charts.list(known(input.patient()), input.rows(), call);
    }

    /** What a patient has now, whether it lasted or came back. */
    ChartRequest<org.hl7.fhir.r4.model.Condition, Condition> active(Reference patient) {
        var search = search(patient, List.of("active", "recurrence", "relapse"))
                .without(row -> Concepts.hold(List.of(row.getVerificationStatus()), "refuted"), REFUTED);
        return new ChartRequest<>(conditions, search);
    }

    ChartRequest<AllergyIntolerance, Allergy> known(Reference patient) {
        return new ChartRequest<>(allergies, new ChartSearch<>(patient));
    }

    private static ChartSearch<org.hl7.fhir.r4.model.Condition> search(Reference patient, List<String> statuses) {
        return new ChartSearch<org.hl7.fhir.r4.model.Condition>(patient)
                .status("clinical-status", statuses, row -> Concepts.bare(row.getClinicalStatus()));
    }
}
