package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A patient's demographics, identifiers and contact details. */
@Group(FieldGroup.DEMOGRAPHICS)
public record Patient(
        @Describe("This patient, to be passed to other tools.")
        Reference patient,

        @Describe("The name as the EHR shows it.") @Nullable String name,

        @Describe("YYYY, YYYY-MM or YYYY-MM-DD, as exact as the EHR knows it.") @Nullable
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        @Nullable
        String gender,

        @Group(FieldGroup.IDENTIFIERS) @Describe("The main medical record number, system|value.") @Nullable
        String mrn,

        @Group(FieldGroup.CONTACT) @Describe("The main phone number.") @Nullable
        String phone,

        @Group(FieldGroup.CONTACT) @Describe("The main mail address.") @Nullable
        String email,

        @Group(FieldGroup.CONTACT) @Describe("The main postal address, on one line.") @Nullable
        String address,

        @Describe("Preferred language, a BCP 47 code.") @Nullable
        String language,

        @Describe("false when the EHR has put the record out of use.") @Nullable
        Boolean active,

        @Describe("true when the EHR says that the patient has died.") @Nullable
        Boolean deceased,

        @Describe("When the patient died, where known.") @Nullable
        String deceasedDate,

        @Describe("The record that took this one's place: use that one.") @Nullable
        Reference replacedBy,

        @Group @Describe("Every name part, identifier, contact and address, when asked for.") @Nullable
        PatientDetails details) {

    /** The same with the main number, phone, mail and postal address taken out of all that is known. */
    public Patient withMain() {
        return details == null
                ? this
                : new Patient(
                        patient,
                        name,
                        birthDate,
                        gender,
                        details.mainIdentifier(),
                        details.mainContact("phone"),
                        details.mainContact("email"),
                        details.mainAddress(),
                        language,
                        active,
                        deceased,
                        deceasedDate,
                        replacedBy,
                        details);
    }

    /** The same without the details: what a caller gets who did not ask for them. */
    public Patient brief() {
        return new Patient(
                patient,
                name,
                birthDate,
                gender,
                mrn,
                phone,
                email,
                address,
                language,
                active,
                deceased,
                deceasedDate,
                replacedBy,
                null);
    }

    /** This patient as a search shows it; of one with its main things taken out and its details still there. */
    public PatientMatch match() {
        return new PatientMatch(
                patient,
                name,
                birthDate,
                gender,
                mrn,
                details == null ? null : details.city(),
                phone,
                deceased,
                active);
    }
}
