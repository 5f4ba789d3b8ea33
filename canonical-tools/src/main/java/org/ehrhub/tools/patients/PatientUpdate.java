package org.ehrhub.tools.patients;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.update}. */
@Describe(
        title = "Change a patient's demographics",
        value =
                "Changes only what is given and leaves all else as it is; a phone or mail address is added as the first, an address replaces the one of the same use. It needs a person's approval.",
        example = "{\"patient\":\"stmarys/Patient/sm-1001\",\"phone\":\"+1 555 010 0199\"}")
public record PatientUpdate(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(value = "The version the user saw; another one is a CONFLICT.", maxLength = 64) @Nullable
        String version,

        @Describe(value = "Family name.", maxLength = 100) @Nullable
        String family,

        @Describe("Given names, in order.") @Nullable List<String> given,

        @Describe(value = "YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$") @Nullable
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        @Nullable
        String gender,

        @Describe(value = "Phone number.", maxLength = 40) @Nullable
        String phone,

        @Describe(value = "Mail address.", maxLength = 200) @Nullable
        String email,

        @Describe("Postal address.") @Nullable Address address,

        @Describe(value = "Preferred language, BCP 47.", maxLength = 20) @Nullable
        String language,

        @Describe("false puts the record out of use.") @Nullable
        Boolean active,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public PatientUpdate {
        patient.of("Patient", "patient");
        Arguments.text(family, "family", 100);
        Arguments.date(birthDate, "birthDate");
        Arguments.text(phone, "phone", 40);
        Arguments.text(email, "email", 200);
        Arguments.text(language, "language", 20);
        Address.check(address);
        given = given == null ? null : Names.checked(given);
        Arguments.text(version, "version", 64);
        Arguments.keys(idempotencyKey, approvalId);
        if (family == null
                && given == null
                && birthDate == null
                && gender == null
                && phone == null
                && email == null
                && address == null
                && language == null
                && active == null) {
            throw new InvalidArgument("family", "is missing: give at least one thing to change");
        }
    }
}
