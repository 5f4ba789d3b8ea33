package org.ehrhub.testkit;

import static org.ehrhub.testkit.Samples.need;
import static org.ehrhub.testkit.WriteSamples.put;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.ehrhub.testkit.faults.Marker;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.charts.ChartTools;
import org.ehrhub.tools.coverage.ClaimSubmit;
import org.ehrhub.tools.coverage.Coverage;
import org.ehrhub.tools.coverage.CoverageRecord;
import org.ehrhub.tools.coverage.CoverageTools;
import org.ehrhub.tools.coverage.EligibilityCheck;
import org.ehrhub.tools.coverage.PriorAuthCheck;
import org.ehrhub.tools.coverage.PriorAuthSubmit;
import org.ehrhub.tools.orders.OrderDraft;
import org.ehrhub.tools.orders.OrderTools;

/** Inputs of the tools that concern a payer: of the insurance of the patient with the rich chart. */
record PayerSamples(Samples samples) {
    private static final String SERVICE = "cpt|70551";
    private static final String DIAGNOSIS = "icd10cm|G43.909";

    void addTo(Map<String, Supplier<Record>> made) {
        put(made, CoverageTools.RECORD, this::coverage);
        put(made, CoverageTools.ELIGIBILITY, () -> new EligibilityCheck(onFile().ref(), null, null, null, null));
        put(made, CoverageTools.PRIOR_AUTH_CHECK, () -> new PriorAuthCheck(onFile().ref(), SERVICE));
        put(made, CoverageTools.PRIOR_AUTH_SUBMIT, this::request);
        put(made, CoverageTools.CLAIM, this::claim);
    }

    private CoverageRecord coverage() {
        return new CoverageRecord(
                samples.ehr().other(),
                null,
                "M" + ContractCalls.newKey(),
                null,
                Marker.NAME + " Health Plan",
                "self",
                "Gold",
                "G1",
                "2026-01-01",
                "2030-12-31",
                "active",
                null,
                null);
    }

    private PriorAuthSubmit request() {
        return new PriorAuthSubmit(order(), onFile().ref(), DIAGNOSIS, 1, Marker.NAME, null, null);
    }

    /** An order of the patient whose insurance is to pay for it. */
    private Reference order() {
        var draft = new OrderDraft(
                samples.ehr().chart(), "imaging", "MRI of the head", SERVICE, null, null, null, null, null, null);
        return need(samples.written(OrderTools.DRAFT, draft), "an order of the patient with the rich chart")
                .ref();
    }

    private ClaimSubmit claim() {
        var visit = need(samples.row(ChartTools.ENCOUNTERS), "an encounter of the patient with the rich chart");
        var payer = need(onFile().payer(), "a payer").ref();
        var item = new ClaimSubmit.Item("cpt|99213", 1, new BigDecimal("125.00"), "USD");
        return new ClaimSubmit(
                visit.ref(),
                onFile().ref(),
                need(payer, "an organisation that bills"),
                List.of("icd10cm|I10"),
                List.of(item),
                null,
                null);
    }

    private Coverage onFile() {
        return need(samples.row(CoverageTools.LIST), "insurance of the patient with the rich chart");
    }
}
