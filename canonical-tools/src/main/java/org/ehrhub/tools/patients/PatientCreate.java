package org.ehrhub.tools.patients;

import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code patient.create}. */
@Describe(
        title = "Register a patient",
        value =
                "Registers a new patient after looking for people who may be the same. When some are found it answers AMBIGUOUS_MATCH: show them to the user with patient.search; call again with notDuplicateOf only when the user says they are others. It needs a person's approval.",
        example =
                "{\"ehr\":\"stmarys\",\"family\":\"Zebrowski\",\"given\":[\"Nadia\"],\"birthDate\":\"1984-05-17\",\"gender\":\"female\"}",
        errors = {ErrorCode.AMBIGUOUS_MATCH})
public record PatientCreate(
        @Describe(value = "The EHR, as ehr.list names it.", maxLength = 32)
        String ehr,

        @Describe(value = "Family name.", maxLength = 100) String family,
        @Describe("Given names, in order.") List<String> given,

        @Describe(value = "YYYY-MM-DD.", pattern = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        String birthDate,

        @Describe(
                value = "Administrative gender.",
                oneOf = {"male", "female", "other", "unknown"})
        String gender,

        @Describe(value = "Medical record number to store, system|value.", maxLength = 200) @Nullable
        String mrn,

        @Describe(value = "Phone number.", maxLength = 40) @Nullable
        String phone,

        @Describe(value = "Mail address.", maxLength = 200) @Nullable
        String email,

        @Describe("Postal address.") @Nullable Address address,

        @Describe(value = "Preferred language, BCP 47.", maxLength = 20) @Nullable
        String language,

        @Describe("Patients who look the same and are not, as the user has decided.") @Nullable
        List<Reference> notDuplicateOf,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements EhrInput, WriteInput {
    /** Checks the arguments. */
    public PatientCreate {
        Arguments.ehr(ehr);
        Arguments.text(family, "family", 100);
        Arguments.date(birthDate, "birthDate");
        Arguments.text(phone, "phone", 40);
        Arguments.text(email, "email", 200);
        Arguments.text(language, "language", 20);
        Address.check(address);
        Arguments.text(mrn, "mrn", 200);
        given = Names.checked(given);
        if (given.isEmpty()) {
            throw new InvalidArgument("given", "must hold at least one name");
        }
        notDuplicateOf = notDuplicateOf == null ? null : List.copyOf(notDuplicateOf);
        if (notDuplicateOf != null) {
            notDuplicateOf.forEach(other -> other.of("Patient", "notDuplicateOf"));
        }
        Arguments.keys(idempotencyKey, approvalId);
    }
}
