package org.ehrhub.tools.patients;

import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** One patient who fits a search: enough to tell people apart, no more. */
@Group(FieldGroup.DEMOGRAPHICS)
public record PatientMatch(
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

        @Group(FieldGroup.CONTACT) @Describe("City of the first address.") @Nullable
        String city,

        @Group(FieldGroup.CONTACT) @Describe("The first phone number.") @Nullable
        String phone,

        @Describe("true when the EHR says that the patient has died.") @Nullable
        Boolean deceased,

        @Describe("false when the EHR has put the record out of use.") @Nullable
        Boolean active) {}
