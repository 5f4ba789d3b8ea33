package org.ehrhub.tools.patients;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.search}. */
@Describe(
        title = "Search for patients",
        value =
                "Finds patients by family name, identifier or phone (one is needed) in one EHR or, without `ehr`, in all. Several can fit: compare birth date, mrn and city, and ask the user rather than pick one.",
        example = "{\"family\":\"Hill\"}")
public record PatientSearch(
        @Describe(value = "Only this EHR; else all you may read.", maxLength = 32) @Nullable
        String ehr,

        @Describe(value = "Family name, or its beginning.", maxLength = 100) @Nullable
        String family,

        @Describe(value = "Given name, or its beginning.", maxLength = 100) @Nullable
        String given,

        @Describe(value = "YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        @Nullable
        String gender,

        @Describe(value = "Such as a medical record number: value, or system|value.", maxLength = 200) @Nullable
        String identifier,

        @Describe(value = "Only its digits are compared.", maxLength = 40) @Nullable
        String phone,

        @Describe(value = "Of the answer before.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows; default 20.", minimum = 1, maximum = 100) @Nullable
        Integer limit)
        implements EhrInput, ListInput {
    /** Checks the arguments. */
    public PatientSearch {
        Arguments.ehr(ehr);
        Arguments.text(family, "family", 100);
        Arguments.text(given, "given", 100);
        Arguments.date(birthDate, "birthDate");
        Arguments.text(identifier, "identifier", 200);
        Arguments.text(phone, "phone", 40);
        Arguments.limit(limit);
        if (phone != null && phone.chars().filter(Character::isDigit).count() < 4) {
            throw new InvalidArgument("phone", "must hold at least 4 digits");
        }
        if (family == null && identifier == null && phone == null) {
            throw new InvalidArgument("family", "is missing: give at least one of family, identifier or phone");
        }
    }
}
