package org.ehrhub.fhir.charts;

import java.util.List;
import org.hl7.fhir.r4.model.Observation.ObservationReferenceRangeComponent;
import org.hl7.fhir.r4.model.Quantity;
import org.jspecify.annotations.Nullable;

/** The normal ranges of a result (FHIR R4, 10.1.4.4.6) as one short text. */
final class ReferenceRange {
    private static final int TEXT = 120;

    private ReferenceRange() {}

    /** The normal ranges, each with whom it is for; the unit only where it is not that of the value. */
    static @Nullable String of(List<ObservationReferenceRangeComponent> ranges, @Nullable String unit) {
        return Words.joined(
                "; ", ranges.stream().filter(ReferenceRange::isNormal).map(range -> one(range, unit)), TEXT);
    }

    /** Whether the only range there is has both ends, in the value's unit, and the value between them. */
    static boolean shows(List<ObservationReferenceRangeComponent> ranges, MeasuredValue value) {
        var number = value.number();
        if (ranges.size() != 1 || number == null || value.comparator() != null || !isNormal(ranges.getFirst())) {
            return false;
        }
        var low = ranges.getFirst().getLow();
        var high = ranges.getFirst().getHigh();
        return low.hasValue()
                && high.hasValue()
                && (other(low, value.unit()) + other(high, value.unit())).isEmpty()
                && number.compareTo(low.getValue()) >= 0
                && number.compareTo(high.getValue()) <= 0;
    }

    private static boolean isNormal(ObservationReferenceRangeComponent range) {
        return !range.hasType() || Concepts.hold(List.of(range.getType()), "normal");
    }

    private static @Nullable String one(ObservationReferenceRangeComponent range, @Nullable String unit) {
        var limits = range.hasLow() || range.hasHigh() ? limits(range, unit) : range.getText();
        var forWhom = Concepts.allWords(range.getAppliesTo());
        return limits == null || forWhom == null ? limits : limits + " (" + forWhom + ")";
    }

    private static @Nullable String limits(ObservationReferenceRangeComponent range, @Nullable String unit) {
        var low = number(range.getLow());
        var high = number(range.getHigh());
        var other = other(range.hasLow() ? range.getLow() : range.getHigh(), unit);
        if (low == null || high == null) {
            return low != null ? ">=" + low + other : high != null ? "<=" + high + other : range.getText();
        }
        return low + (low.startsWith("-") || high.startsWith("-") ? " to " : "-") + high + other;
    }

    private static @Nullable String number(Quantity limit) {
        return limit.hasValue() ? limit.getValueElement().getValueAsString() : null;
    }

    private static String other(Quantity limit, @Nullable String unit) {
        var own = MeasuredValue.unit(limit);
        return own == null || own.equals(unit) ? "" : " " + own;
    }
}
