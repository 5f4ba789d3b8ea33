package org.ehrhub.tools.charts;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code vital.record}. */
@Describe(
        title = "Record a vital sign",
        value =
                "Writes one measured vital sign into the chart. Use it for a measurement somebody took, not for one computed or guessed. A wrong unit or an impossible number is refused.",
        example =
                "{\"patient\":\"stmarys/Patient/sm-1001\",\"sign\":\"heart-rate\",\"value\":72,\"unit\":\"/min\",\"at\":\"2026-03-02T09:00:00-05:00\"}")
public record VitalRecord(
        @Describe("ehr/Patient/id.") Reference patient,

        @Describe(
                value = "What was measured.",
                oneOf = {
                    "blood-pressure",
                    "heart-rate",
                    "respiratory-rate",
                    "body-temperature",
                    "oxygen-saturation",
                    "body-weight",
                    "body-height",
                    "head-circumference"
                })
        String sign,

        @Describe("The number; of a blood pressure the systolic one.")
        BigDecimal value,

        @Describe("Of a blood pressure: the diastolic number.") @Nullable
        BigDecimal diastolic,

        @Describe(value = "UCUM: mm[Hg], /min, Cel, [degF], %, kg, [lb_av], cm, [in_i].", maxLength = 20)
        String unit,

        @Describe("When it was measured, with offset.") OffsetDateTime at,
        @Describe("The visit: ehr/Encounter/id.") @Nullable Reference encounter,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public VitalRecord {
        patient.of("Patient", "patient");
        Arguments.reference(encounter, "Encounter", "encounter");
        Arguments.text(unit, "unit", 20);
        Arguments.time(at, "at");
        Arguments.keys(idempotencyKey, approvalId);
        if ((diastolic != null) != sign.equals("blood-pressure")) {
            throw new InvalidArgument("diastolic", "is needed for blood-pressure and for nothing else");
        }
        VitalSigns.check(sign, value, diastolic, unit);
    }
}
