package org.ehrhub.tools.charts;

import java.math.BigDecimal;
import java.util.Map;
import org.ehrhub.tools.InvalidArgument;
import org.jspecify.annotations.Nullable;

/** Which units a vital sign may have, and between which numbers a living person can be. */
final class VitalSigns {
    /** By sign and unit: the smallest and the largest number that can be true of anybody. */
    private static final Map<String, Map<String, Span>> SPANS = Map.of(
            "blood-pressure", Map.of("mm[Hg]", new Span(20, 350)),
            "heart-rate", Map.of("/min", new Span(10, 350)),
            "respiratory-rate", Map.of("/min", new Span(2, 120)),
            "body-temperature", Map.of("Cel", new Span(20, 46), "[degF]", new Span(68, 115)),
            "oxygen-saturation", Map.of("%", new Span(20, 100)),
            "body-weight", Map.of("kg", new Span(0, 700), "g", new Span(200, 20_000), "[lb_av]", new Span(0, 1550)),
            "body-height", Map.of("cm", new Span(15, 280), "[in_i]", new Span(6, 110)),
            "head-circumference", Map.of("cm", new Span(15, 100), "[in_i]", new Span(6, 40)));

    private VitalSigns() {}

    private record Span(int least, int most) {
        boolean holds(BigDecimal number) {
            return number.compareTo(BigDecimal.valueOf(least)) >= 0 && number.compareTo(BigDecimal.valueOf(most)) <= 0;
        }
    }

    static void check(String sign, BigDecimal value, @Nullable BigDecimal diastolic, String unit) {
        var units = SPANS.get(sign);
        if (units == null) {
            throw new InvalidArgument(
                    "sign",
                    "must be one of "
                            + String.join(", ", SPANS.keySet().stream().sorted().toList()));
        }
        var span = units.get(unit);
        if (span == null) {
            throw new InvalidArgument(
                    "unit",
                    "must be "
                            + String.join(
                                    " or ", units.keySet().stream().sorted().toList()) + " for " + sign);
        }
        inside(span, value, "value", unit);
        if (diastolic != null) {
            inside(span, diastolic, "diastolic", unit);
            if (diastolic.compareTo(value) >= 0) {
                throw new InvalidArgument("diastolic", "must be lower than the systolic `value`");
            }
        }
    }

    private static void inside(Span span, BigDecimal number, String argument, String unit) {
        if (!span.holds(number)) {
            throw new InvalidArgument(argument, "must be between " + span.least() + " and " + span.most() + " " + unit);
        }
    }
}
