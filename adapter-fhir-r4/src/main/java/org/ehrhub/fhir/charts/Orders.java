package org.ehrhub.fhir.charts;

import java.util.List;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.charts.Medication;
import org.ehrhub.tools.charts.MedicationList;
import org.hl7.fhir.r4.model.MedicationRequest;

/** {@code medication.list} on one FHIR R4 server. */
final class Orders {
    /** All there are: some servers list nothing unless they are told (US Core has them search by patient and intent). */
    private static final List<String> INTENTS = List.of(
            "proposal", "plan", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option");

    private static final String NOT_TO_BE_GIVEN =
            "Left out: %s saying that a medicine must NOT be given; look for these in the EHR itself.";

    private final ChartReading charts;
    private final MedicationRecords records;

    Orders(ChartReading charts) {
        this.charts = charts;
        this.records = new MedicationRecords(charts.server());
    }

    ToolResult<Page<Medication>> list(MedicationList input, CallContext call) {
        var status = input.status() == null ? "active" : input.status();
        return charts.list(orders(input.patient(), status, call), input.rows(), call);
    }

    /** Those that are in force. */
    ChartRequest<MedicationRequest, Medication> active(Reference patient, CallContext call) {
        return orders(patient, "active", call);
    }

    private ChartRequest<MedicationRequest, Medication> orders(Reference patient, String status, CallContext call) {
        var search = new ChartSearch<MedicationRequest>(patient)
                .usual("intent", INTENTS)
                .status(
                        "status",
                        status.equals("any") ? List.of() : List.of(status),
                        row -> row.hasStatus() ? row.getStatus().toCode() : null)
                .without(MedicationRequest::getDoNotPerform, NOT_TO_BE_GIVEN)
                .newestFirst("authoredon", row -> TimeSpan.of(row.getAuthoredOnElement()))
                .including("MedicationRequest:medication");
        return new ChartRequest<>(records.type(new Medicines(charts.server(), call)), search);
    }
}
