package org.ehrhub.fhir.charts;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Element;
import org.hl7.fhir.r4.model.IntegerType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.PrimitiveType;
import org.hl7.fhir.r4.model.Quantity;
import org.hl7.fhir.r4.model.Range;
import org.hl7.fhir.r4.model.Ratio;
import org.hl7.fhir.r4.model.SampledData;
import org.hl7.fhir.r4.model.Type;
import org.jspecify.annotations.Nullable;

/**
 * The value of an observation or of one of its parts (FHIR R4, 10.1.4.4), exactly as it is written.
 *
 * @param number where it is a number
 * @param comparator where the true value is beyond the number
 * @param unit of the number
 * @param text where it is no number
 * @param absent why there is none
 */
record MeasuredValue(
        @Nullable BigDecimal number,
        @Nullable String comparator,
        @Nullable String unit,
        @Nullable String text,
        @Nullable String absent) {
    private static final String ABSENT = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
    private static final String UCUM = "http://unitsofmeasure.org";
    private static final int TEXT = 1000;
    private static final int UNIT = 40;
    /** Digits of which no true measurement has more; 1E999999999 would fill the memory when written out. */
    private static final int DIGITS = 60;

    static MeasuredValue of(@Nullable Type value, CodeableConcept absentReason) {
        var read = of(value);
        var absent = Concepts.wordsOrCode(absentReason);
        return new MeasuredValue(
                read.number, read.comparator, read.unit, read.text, absent == null ? read.absent : absent);
    }

    private static MeasuredValue of(@Nullable Type value) {
        return switch (value) {
            case null -> new MeasuredValue(null, null, null, null, null);
            case Quantity quantity -> quantity(quantity);
            case IntegerType number
            when number.hasValue() -> new MeasuredValue(BigDecimal.valueOf(number.getValue()), null, null, null, null);
            default -> new MeasuredValue(null, null, null, Words.line(written(value), TEXT), absent(value));
        };
    }

    private static MeasuredValue quantity(Quantity quantity) {
        var number = quantity.getValue();
        boolean plain = number == null || (Math.abs((long) number.scale()) + number.precision() <= DIGITS);
        return new MeasuredValue(
                plain ? number : null,
                quantity.hasComparator() ? quantity.getComparator().toCode() : null,
                unit(quantity),
                plain ? null : Words.line(quantity.getValueElement().getValueAsString(), TEXT),
                number == null ? absent(quantity.getValueElement(), quantity) : null);
    }

    /** Its unit as UCUM where it has that, else as somebody wrote it. */
    static @Nullable String unit(Quantity quantity) {
        boolean coded = quantity.hasCode() && (UCUM.equals(quantity.getSystem()) || !quantity.hasUnit());
        return Words.line(coded ? quantity.getCode() : quantity.getUnit(), UNIT);
    }

    /** A quantity as one text; none where it has no number. */
    static @Nullable String written(Quantity quantity) {
        if (!quantity.hasValue()) {
            return null;
        }
        var unit = unit(quantity);
        var comparator = quantity.hasComparator() ? quantity.getComparator().toCode() : "";
        var number = comparator + quantity.getValueElement().getValueAsString();
        return unit == null ? number : number + " " + unit;
    }

    /** A range as one text: {@code 3-5 mg/dL}, {@code >=3 mg/dL}. */
    static @Nullable String written(Range range) {
        var low = written(range.getLow());
        var high = written(range.getHigh());
        if (low == null || high == null) {
            return low != null ? ">=" + low : high != null ? "<=" + high : null;
        }
        return low + " - " + high;
    }

    private static @Nullable String written(Base value) {
        return switch (value) {
            case CodeableConcept concept -> Concepts.wordsOrCode(concept);
            case Range range -> written(range);
            case Ratio ratio -> written(ratio);
            case Period period -> TimeSpan.written(period);
            case SampledData data ->
                "sampled data, not shown (%d dimensions, one sample every %s ms)"
                        .formatted(data.getDimensions(), data.getPeriodElement().getValueAsString());
            case PrimitiveType<?> primitive -> primitive.getValueAsString();
            default -> "a value of type " + value.fhirType() + ", not shown";
        };
    }

    private static @Nullable String written(Ratio ratio) {
        var above = written(ratio.getNumerator());
        var below = written(ratio.getDenominator());
        if (above == null || below == null) {
            return above;
        }
        boolean bare = unit(ratio.getNumerator()) == null && unit(ratio.getDenominator()) == null;
        return bare ? above + ":" + below : above + " / " + below;
    }

    private static @Nullable String absent(Element... elements) {
        return Stream.of(elements)
                .flatMap(element -> Optional.ofNullable(element.getExtensionByUrl(ABSENT)).stream())
                .flatMap(extension -> Stream.ofNullable(extension.getValue()))
                .map(Base::primitiveValue)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
