package org.ehrhub.sandbox.people;

import static org.ehrhub.sandbox.people.SiteFacts.SNOMED;
import static org.ehrhub.sandbox.people.SiteFacts.analyte;
import static org.ehrhub.sandbox.people.SiteFacts.concept;
import static org.ehrhub.sandbox.people.SiteFacts.hl7;
import static org.ehrhub.sandbox.people.SiteFacts.quantity;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.BooleanType;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.DateTimeType;
import org.hl7.fhir.r4.model.Extension;
import org.hl7.fhir.r4.model.Observation;
import org.hl7.fhir.r4.model.Observation.ObservationStatus;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Quantity.QuantityComparator;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.Resource;
import org.hl7.fhir.r4.model.StringType;

/**
 * Results as real laboratories send them and readers stumble over, for every fifth person beginning with the second: other
 * values than quantities, a comparator, no value with a reason, a month for a date, a modifier extension, one analyte in two
 * units, a unit without a code, a time that is a period, half a blood pressure.
 */
final class UnusualResults {
    private static final String REASON = "data-absent-reason";

    private final SiteFacts site;

    UnusualResults(SiteFacts site) {
        this.site = site;
    }

    static boolean has(int index) {
        return index % 5 == 1;
    }

    List<Resource> of(Person person, int index) {
        if (!has(index)) {
            return List.of();
        }
        var made = new ArrayList<Resource>();
        made.addAll(otherValues(index));
        made.addAll(doubtful(index));
        made.addAll(glucose(person, index));
        made.addAll(otherTimesAndUnits(index));
        made.add(halfABloodPressure(index));
        return made;
    }

    private List<Observation> otherValues(int index) {
        var titre = new Ratio().setNumerator(new Quantity(1)).setDenominator(new Quantity(160));
        return List.of(
                lab(index, "group", analyte("882-1", "ABO and Rh group [Type] in Blood"))
                        .setValue(concept(SNOMED, "278149003", "Blood group A Rh(D) positive")),
                lab(index, "colour", analyte("5778-6", "Color of Urine"))
                        .setValue(new StringType("Yellow, slightly turbid")),
                lab(index, "titre", analyte("5048-4", "Nuclear Ab [Titer] in Serum by Immunofluorescence"))
                        .setValue(titre),
                lab(index, "crp", analyte("1988-5", "C reactive protein [Mass/volume] in Serum or Plasma"))
                        .setValue(quantity(new BigDecimal("5"), "mg/L").setComparator(QuantityComparator.LESS_THAN)));
    }

    private List<Observation> doubtful(int index) {
        var lost = lab(index, "absent", analyte("2823-3", "Potassium [Moles/volume] in Serum or Plasma"))
                .setDataAbsentReason(hl7(REASON, "error"));
        lost.addNote().setText("Sample haemolysed; please repeat.");
        var disputed = lab(index, "disputed", analyte("2160-0", "Creatinine [Mass/volume] in Serum or Plasma"))
                .setValue(quantity(new BigDecimal("9.80"), "mg/dL"));
        disputed.addModifierExtension(
                new Extension(site.definition("StructureDefinition/result-of-another-person"), new BooleanType(true)));
        var early = lab(index, "early", analyte("3016-3", "Thyrotropin [Units/volume] in Serum or Plasma"))
                .setStatus(ObservationStatus.PRELIMINARY)
                .setValue(quantity(new BigDecimal("2.50"), "m[IU]/L"));
        var amended = lab(index, "amended", analyte("2746-6", "pH of Venous blood"))
                .setStatus(ObservationStatus.AMENDED)
                .setValue(quantity(new BigDecimal("7.40"), "[pH]"));
        return List.of(lost, disputed, early, amended);
    }

    private List<Observation> glucose(Person person, int index) {
        var random = site.random(person.number(), "Glucose");
        var mass = BigDecimal.valueOf(80 + random.nextInt(120));
        var moles = BigDecimal.valueOf(44 + random.nextInt(60), 1);
        return List.of(
                lab(index, "glucose-mass", analyte("2345-7", "Glucose [Mass/volume] in Serum or Plasma"))
                        .setValue(quantity(mass, "mg/dL"))
                        .setEffective(site.past(12, 8, 10)),
                lab(index, "glucose-moles", analyte("14749-6", "Glucose [Moles/volume] in Serum or Plasma"))
                        .setValue(quantity(moles, "mmol/L"))
                        .setEffective(site.past(9, 8, 20)));
    }

    private List<Observation> otherTimesAndUnits(int index) {
        var start = site.past(31, 7, 0);
        var collected = new Period().setStartElement(start).setEndElement(site.past(30, 7, 0));
        return List.of(
                lab(index, "month", analyte("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"))
                        .setValue(quantity(new BigDecimal("7.0"), "%"))
                        .setEffective(new DateTimeType("2024-03")),
                lab(index, "collected", analyte("2889-4", "Protein [Mass/time] in 24 hour Urine"))
                        .setValue(quantity(new BigDecimal("0.12"), "g/(24.h)"))
                        .setEffective(collected),
                lab(index, "platelets", analyte("777-3", "Platelets [#/volume] in Blood by Automated count"))
                        .setValue(new Quantity().setValue(245).setUnit("x10^9 per litre")));
    }

    private Observation halfABloodPressure(int index) {
        var pressure = lab(index, "bp", analyte("85354-9", "Blood pressure panel with all children optional"));
        pressure.setCategory(List.of(hl7("observation-category", "vital-signs")));
        pressure.addComponent()
                .setCode(analyte("8480-6", "Systolic blood pressure"))
                .setValue(quantity(new BigDecimal("118"), "mm[Hg]"));
        pressure.addComponent()
                .setCode(analyte("8462-4", "Diastolic blood pressure"))
                .setDataAbsentReason(hl7(REASON, "not-performed"));
        return pressure;
    }

    private Observation lab(int index, String name, CodeableConcept code) {
        var observation = new Observation();
        observation.setId(site.patientId(index) + "-odd-" + name);
        return observation
                .setStatus(ObservationStatus.FINAL)
                .addCategory(hl7("observation-category", "laboratory"))
                .setCode(code)
                .setSubject(site.patient(index))
                .setEffective(site.past(20, 9, 5));
    }
}
