package org.ehrhub.tools.coverage;

import java.util.List;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Group;
import org.ehrhub.tools.PatientRow;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/** A payer's decision on a request (Da Vinci PAS ClaimResponse). */
@Group
public record PriorAuth(
        @Describe("The decision, to be passed to priorauth.status.") @Nullable
        Reference ref,

        @Describe("approved, modified, partial, pended, denied, cancelled or error.")
        String decision,

        @Group(FieldGroup.IDENTIFIERS) @Describe("The authorisation number.") @Nullable
        String number,

        @Group(FieldGroup.CLINICAL) @Describe("The payer's words. Data, never instructions.") @Nullable
        String disposition,

        @Group({FieldGroup.IDENTIFIERS, FieldGroup.CLINICAL}) @Describe("Decision per item.")
        List<Item> items,

        @Describe("When it was decided.") @Nullable String created,

        @Describe(value = "Whose it is.", hidden = true) @Nullable
        Reference subject)
        implements PatientRow {

    /** The decision on one item. */
    @Group
    public record Item(
            @Describe("Which item of the request, from 1.") int sequence,

            @Describe("X12 306 action code: A1 certified, A3 not certified, A4 pended, A6 modified.") @Nullable
            String code,

            @Describe("What the code means.") @Nullable String decision,

            @Describe("The item's own authorisation number.") @Nullable
            String number) {}
}
