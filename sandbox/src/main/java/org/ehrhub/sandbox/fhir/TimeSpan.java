package org.ehrhub.sandbox.fhir;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.List;
import org.hl7.fhir.r4.model.BaseDateTimeType;

/**
 * The interval a FHIR date stands for: 2026-03 is the whole of March (FHIR R4, 3.1.1.4.7).
 *
 * @param until the first moment after it
 */
record TimeSpan(Instant from, Instant until) {
    /** Reads a date of any precision; one without an offset is in the given zone. Throws DateTimeException on other text. */
    static TimeSpan of(String text, ZoneId zone) {
        return switch (text.length()) {
            case 4 ->
                days(Year.parse(text).atDay(1), Year.parse(text).plusYears(1).atDay(1), zone);
            case 7 ->
                days(
                        YearMonth.parse(text).atDay(1),
                        YearMonth.parse(text).plusMonths(1).atDay(1),
                        zone);
            case 10 -> days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1), zone);
            default -> moment(text, zone);
        };
    }

    /** From a first to a second date, either of which may be missing. */
    static TimeSpan between(List<? extends BaseDateTimeType> ends, ZoneId zone) {
        var first = ends.getFirst();
        var last = ends.getLast();
        return new TimeSpan(
                first.hasValue() ? of(first.getValueAsString(), zone).from() : Instant.MIN,
                last.hasValue() ? of(last.getValueAsString(), zone).until() : Instant.MAX);
    }

    boolean contains(TimeSpan other) {
        return !other.from.isBefore(from) && !other.until.isAfter(until);
    }

    boolean overlaps(TimeSpan other) {
        return from.isBefore(other.until) && other.from.isBefore(until);
    }

    private static TimeSpan days(LocalDate first, LocalDate next, ZoneId zone) {
        return new TimeSpan(
                first.atStartOfDay(zone).toInstant(), next.atStartOfDay(zone).toInstant());
    }

    private static TimeSpan moment(String text, ZoneId zone) {
        String time = text.substring(text.indexOf('T') + 1);
        boolean offset = time.endsWith("Z") || time.contains("+") || time.contains("-");
        Instant from = offset
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDateTime.parse(text).atZone(zone).toInstant();
        String clock = time.split("[Z+-]", 2)[0];
        Duration precision = clock.length() <= 5
                ? Duration.ofMinutes(1)
                : clock.contains(".") ? Duration.ofMillis(1) : Duration.ofSeconds(1);
        return new TimeSpan(from, from.plus(precision));
    }
}
