package org.ehrhub.fhir.vitals;

import static org.ehrhub.fhir.writing.Codes.LOINC;

import java.util.Arrays;
import java.util.Locale;
import org.ehrhub.fhir.writing.Codes;
import org.ehrhub.fhir.writing.Refusal;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;

/** The vital signs with their LOINC codes in the vital sign profiles of FHIR R4 and US Core. */
enum VitalSign {
    BLOOD_PRESSURE("85354-9", "Blood pressure panel with all children optional"),
    HEART_RATE("8867-4", "Heart rate"),
    RESPIRATORY_RATE("9279-1", "Respiratory rate"),
    BODY_TEMPERATURE("8310-5", "Body temperature"),
    OXYGEN_SATURATION("2708-6", "Oxygen saturation in Arterial blood"),
    BODY_WEIGHT("29463-7", "Body weight"),
    BODY_HEIGHT("8302-2", "Body height"),
    HEAD_CIRCUMFERENCE("9843-4", "Head Occipital-frontal circumference");

    private final String code;
    private final String display;

    VitalSign(String code, String display) {
        this.code = code;
        this.display = display;
    }

    static VitalSign of(String word) {
        return Arrays.stream(values())
                .filter(one ->
                        one.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(word))
                .findFirst()
                .orElseThrow(() -> Refusal.invalid(
                        "sign", "is no vital sign that the hub can write.", "Use one that the tool's schema lists."));
    }

    /** Of oxygen saturation both codes that US Core's pulse oximetry profile asks for. */
    CodeableConcept concept() {
        var concept = Codes.of(LOINC, code, display);
        return this == OXYGEN_SATURATION
                ? concept.addCoding(
                        new Coding(LOINC, "59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"))
                : concept;
    }
}
