package org.ehrhub.sandbox.people;

import java.time.LocalDate;
import java.util.List;
import org.hl7.fhir.r4.model.Enumerations.AdministrativeGender;

/**
 * One synthetic person, the same at every site that knows them.
 *
 * @param number  what all else about the person is drawn from, and the national number
 * @param deceased whether the chart says the person has died
 */
record Person(
        int number,
        String family,
        List<String> given,
        AdministrativeGender gender,
        LocalDate birthDate,
        boolean deceased) {
    /** The made-up national number that sites share. */
    String nationalNumber() {
        return "P-%06d".formatted(number);
    }
}
