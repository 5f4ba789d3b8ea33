package org.ehrhub.tools.coverage;

import java.math.BigDecimal;
import java.util.List;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code claim.submit}. */
@Describe(
        title = "Submit a claim",
        value =
                "Sends a professional claim to the payer. It needs a person's approval. Check codes and amounts with the user first.",
        example =
                "{\"encounter\":\"stmarys/Encounter/sm-1001-enc-0\",\"coverage\":\"stmarys/Coverage/sm-1001-cov-1\",\"provider\":\"stmarys/Organization/sm-org\",\"diagnoses\":[\"icd10cm|I10\"],\"items\":[{\"code\":\"cpt|99213\",\"quantity\":1,\"amount\":125.00,\"currency\":\"USD\"}]}")
public record ClaimSubmit(
        @Describe("What is billed for: ehr/Encounter/id.") Reference encounter,
        @Describe("ehr/Coverage/id, from coverage.list.") Reference coverage,

        @Describe("Who bills: ehr/Organization/id or ehr/Practitioner/id.")
        Reference provider,

        @Describe("Diagnoses, system|code, the principal first.")
        List<String> diagnoses,

        @Describe("What was done.") List<Item> items,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public ClaimSubmit {
        encounter.of("Encounter", "encounter");
        coverage.of("Coverage", "coverage");
        if (!provider.type().equals("Practitioner")) {
            provider.of("Organization", "provider");
        }
        diagnoses = List.copyOf(diagnoses);
        items = List.copyOf(items);
        Arguments.count(diagnoses, "diagnoses", 1, 12);
        Arguments.count(items, "items", 1, 50);
        diagnoses.forEach(code -> Arguments.code(code, "diagnoses"));
        Arguments.keys(idempotencyKey, approvalId);
    }

    /** One line of a claim. */
    public record Item(
            @Describe(value = "What was done, system|code.", maxLength = 200)
            String code,

            @Describe(value = "How many.", minimum = 1, maximum = 999)
            int quantity,

            @Describe("Price of one.") BigDecimal amount,

            @Describe(value = "Currency, ISO 4217.", pattern = "^[A-Z]{3}$")
            String currency) {
        /** Checks code, number and price. */
        public Item {
            Arguments.code(code, "items");
            if (quantity < 1
                    || quantity > 999
                    || amount.signum() < 0
                    || amount.precision() - amount.scale() > 9
                    || !currency.matches("[A-Z]{3}")) {
                throw new InvalidArgument(
                        "items",
                        "must have a quantity of 1 to 999, a price from 0 to 999999999 and a currency such as USD");
            }
        }
    }
}
