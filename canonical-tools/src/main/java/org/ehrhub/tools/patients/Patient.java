package org.ehrhub.tools.patients;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A patient's demographics, identifiers and contact details. */
public record Patient(
        @Describe("This patient, to be passed to other tools.")
        Reference patient,

        @Describe("The name as the EHR shows it.") @Nullable String name,
        @Describe("Family name.") @Nullable String family,
        @Describe("Given names, in order.") List<String> given,

        @Describe("Date of birth: YYYY, YYYY-MM or YYYY-MM-DD, as exact as the EHR knows it.") @Nullable
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        @Nullable
        String gender,

        @Describe("false when the EHR has put the record out of use.") @Nullable
        Boolean active,

        @Describe("true when the EHR says that the patient has died.") @Nullable
        Boolean deceased,

        @Describe("When the patient died, where known.") @Nullable
        String deceasedDate,

        @Describe("Identifiers such as medical record numbers.")
        List<Identifier> identifiers,

        @Describe("Phone numbers, mail addresses and the like.")
        List<Contact> contacts,

        @Describe("Postal addresses.") List<Address> addresses,

        @Describe("Preferred language, a BCP 47 code.") @Nullable
        String language) {

    /** A way to reach the patient (FHIR R4 ContactPoint). */
    public record Contact(
            @Describe("phone, email, sms, fax, url, pager or other.")
            String system,

            @Describe("The number or address.") String value,

            @Describe("home, work, mobile, temp or old.") @Nullable
            String use) {}

    /** A postal address (FHIR R4 Address). */
    public record Address(
            @Describe("Street lines.") List<String> lines,
            @Describe("City.") @Nullable String city,

            @Describe("State, county or province.") @Nullable
            String state,

            @Describe("Postal code.") @Nullable String postalCode,
            @Describe("Country.") @Nullable String country,

            @Describe("home, work, temp, old or billing.") @Nullable
            String use) {}
}
