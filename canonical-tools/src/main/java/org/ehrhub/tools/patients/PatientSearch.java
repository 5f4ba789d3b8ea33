package org.ehrhub.tools.patients;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.ListInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.search}: every criterion narrows, none widens. */
@Describe(
        title = "Search for patients",
        value =
                "Finds patients by name, birth date, identifier or phone, in one EHR or, without `ehr`, in all of them at"
                        + " once. Give at least one of family, identifier or phone. Several people can fit: compare birth date,"
                        + " identifiers and city, and ask the user rather than pick one.")
public record PatientSearch(
        @Describe(
                value = "Only this EHR, by its name in ehr.list. Without it, every EHR you may read is asked.",
                pattern = "^[a-z][a-z0-9-]{0,31}$")
        @Nullable
        String ehr,

        @Describe(value = "Family name, or how it begins; case and accents do not matter.", maxLength = 100) @Nullable
        String family,

        @Describe(value = "A given name, or how it begins.", maxLength = 100) @Nullable
        String given,

        @Describe(value = "Date of birth, YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        @Nullable
        String gender,

        @Describe(
                value = "An identifier such as a medical record number: its value alone, or system|value with"
                        + " the system as patient.get shows it.",
                maxLength = 200)
        @Nullable
        String identifier,

        @Describe(value = "A phone number; only its digits are compared.", maxLength = 40) @Nullable
        String phone,

        @Describe(value = "The cursor of the answer before, to read on.", maxLength = 4000) @Nullable
        String cursor,

        @Describe(value = "Most rows from each EHR; 20 unless given.", minimum = 1, maximum = Arguments.MAX_LIMIT)
        @Nullable
        Integer limit)
        implements EhrInput, ListInput {

    /** Checks each criterion, and that there is one that narrows enough. */
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
