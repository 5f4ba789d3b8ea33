package org.ehrhub.fhir.vitals;

import java.math.BigDecimal;
import java.util.Map;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.writing.Concepts;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.fhir.writing.Links;
import org.ehrhub.fhir.writing.Times;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.charts.VitalRecord;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Quantity;

/**
 * {@code vital.record}: an Observation as US Core's vital sign profiles have it. It is not marked as an artificial
 * intelligence's: somebody measured it.
 */
final class VitalRecording implements Creation.Form<VitalRecord, Observation, org.ehrhub.tools.charts.Observation> {
    private static final String CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final Map<String, String> SHOWN = Map.of(
            "mm[Hg]", "mmHg",
            "/min", "/min",
            "Cel", "°C",
            "[degF]", "°F",
            "[lb_av]", "lb",
            "[in_i]", "in");

    private final FhirServer server;
    private final Links links;
    private final VitalRecords records;

    VitalRecording(FhirServer server) {
        this.server = server;
        this.links = new Links(server);
        this.records = new VitalRecords(server);
    }

    @Override
    public Class<Observation> type() {
        return Observation.class;
    }

    @Override
    public Observation draft(VitalRecord input, CallContext call) {
        links.mustBeOurs(input.encounter(), "encounter");
        var sign = VitalSign.of(input.sign());
        var vital = new Observation()
                .setStatus(ObservationStatus.FINAL)
                .addCategory(Concepts.of(CATEGORIES, "vital-signs", "Vital Signs"))
                .setCode(sign.concept())
                .setEffective(Times.past(input.at(), "at", server.clock()));
        if (input.diastolic() == null) {
            vital.setValue(quantity(input.value(), input.unit()));
        } else {
            component(vital, "8480-6", "Systolic blood pressure", quantity(input.value(), input.unit()));
            component(vital, "8462-4", "Diastolic blood pressure", quantity(input.diastolic(), input.unit()));
        }
        return vital.setSubject(links.patient(input.patient(), call))
                .setEncounter(links.encounter(input.encounter(), input.patient(), call));
    }

    @Override
    public boolean fits(VitalRecord input, Observation held) {
        return links.isOf(held, input.patient());
    }

    @Override
    public org.ehrhub.tools.charts.Observation shown(Observation held) {
        return records.vital(held);
    }

    private static void component(Observation vital, String code, String display, Quantity value) {
        vital.addComponent().setCode(Concepts.of(Concepts.LOINC, code, display)).setValue(value);
    }

    private static Quantity quantity(BigDecimal value, String unit) {
        return new Quantity().setValue(value).setSystem(UCUM).setCode(unit).setUnit(SHOWN.getOrDefault(unit, unit));
    }
}
