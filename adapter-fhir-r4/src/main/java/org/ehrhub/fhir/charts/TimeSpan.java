package org.ehrhub.fhir.charts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.BaseDateTimeType;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Timing;
import org.jspecify.annotations.Nullable;

/**
 * The instants that a date or time of a record may mean (FHIR R4, 2.24.0.1): a month all its days, and a date without an
 * offset that day anywhere on Earth.
 *
 * @param start the first instant
 * @param end the first instant after it
 */
public record TimeSpan(Instant start, Instant end) {
    private static final ZoneOffset EAST = ZoneOffset.ofHours(14);
    private static final ZoneOffset WEST = ZoneOffset.ofHours(-12);
    private static final int YEAR = 4;
    private static final int MONTH = 7;
    private static final int DAY = 10;

    /** The span of a date, a time, a period or a timing's first event; none of anything else. */
    public static @Nullable TimeSpan of(@Nullable Base value) {
        return switch (value) {
            case BaseDateTimeType time -> time.hasValue() ? parse(time.getValueAsString()) : null;
            case Period period -> of(period);
            case Timing timing -> timing.hasEvent() ? of(timing.getEvent().getFirst()) : null;
            case null, default -> null;
        };
    }

    /** Whether it may lie, in part, at or after the one and before the other. */
    public boolean mayBeWithin(@Nullable OffsetDateTime from, @Nullable OffsetDateTime to) {
        return (from == null || end.isAfter(from.toInstant())) && (to == null || start.isBefore(to.toInstant()));
    }

    /** Whether all of it is later than all of another. */
    public boolean isAfter(TimeSpan other) {
        return !start.isBefore(other.end);
    }

    /** A date, a time, a period or a timing's first event as it is written; of a period start and end with a slash (ISO 8601). */
    public static @Nullable String written(@Nullable Base value) {
        return switch (value) {
            case BaseDateTimeType time -> time.getValueAsString();
            case Period period -> written(period);
            case Timing timing ->
                timing.hasEvent() ? timing.getEvent().getFirst().getValueAsString() : null;
            case null, default -> null;
        };
    }

    private static @Nullable TimeSpan of(Period period) {
        var first = of(period.getStartElement());
        var last = of(period.getEndElement());
        return first == null && last == null
                ? null
                : new TimeSpan(first == null ? Instant.MIN : first.start, last == null ? Instant.MAX : last.end);
    }

    private static @Nullable String written(Period period) {
        var start = period.getStartElement().getValueAsString();
        var end = period.getEndElement().getValueAsString();
        return end == null || end.equals(start) ? start : (start == null ? ".." : start) + "/" + end;
    }

    private static @Nullable TimeSpan parse(String written) {
        try {
            return switch (written.length()) {
                case YEAR -> days(LocalDate.of(Integer.parseInt(written), 1, 1), 12);
                case MONTH -> days(YearMonth.parse(written).atDay(1), 1);
                case DAY -> day(LocalDate.parse(written));
                default -> time(written);
            };
        } catch (DateTimeException | NumberFormatException e) {
            return null; // HAPI takes more spellings than FHIR has; the record is shown as it is, without a known time
        }
    }

    private static TimeSpan days(LocalDate first, int months) {
        return between(first.atStartOfDay(), first.plusMonths(months).atStartOfDay());
    }

    private static TimeSpan day(LocalDate day) {
        return between(day.atStartOfDay(), day.plusDays(1).atStartOfDay());
    }

    private static TimeSpan time(String written) {
        boolean zoned = written.endsWith("Z") || written.lastIndexOf('-') > DAY || written.indexOf('+') > 0;
        long exact = written.indexOf('.') > 0 ? 1 : 1_000_000_000L;
        if (zoned) {
            var start = OffsetDateTime.parse(written).toInstant();
            return new TimeSpan(start, start.plusNanos(exact));
        }
        var start = LocalDateTime.parse(written);
        return between(start, start.plusNanos(exact));
    }

    private static TimeSpan between(LocalDateTime start, LocalDateTime end) {
        return new TimeSpan(start.toInstant(EAST), end.toInstant(WEST));
    }
}
