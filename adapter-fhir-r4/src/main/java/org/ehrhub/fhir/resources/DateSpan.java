package org.ehrhub.fhir.resources;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The time that a date of FHIR may stand for (R4, 2.24.0.1), as exact as it was written: one without an offset may be of any
 * time zone.
 *
 * @param first the first moment it may hold
 * @param end the first moment it surely does not
 */
record DateSpan(Instant first, Instant end) {
    private static final Pattern COMPARISON = Pattern.compile("(eq|ne|gt|lt|ge|le|sa|eb|ap)?(\\d{4}.*)");
    private static final Pattern SECONDS = Pattern.compile(".*T\\d\\d:\\d\\d:\\d\\d");
    private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);
    private static final ZoneOffset LATEST = ZoneOffset.ofHours(-12);

    /** A comparison of a search (FHIR R4, 3.1.1.4.6). */
    record Comparison(String prefix, DateSpan with) {
        /** Whether it may hold for what begins and ends so; either may be open. */
        boolean mayHold(@Nullable String from, @Nullable String to) {
            var start = from == null ? Optional.<DateSpan>empty() : DateSpan.of(from);
            var stop = to == null ? Optional.<DateSpan>empty() : DateSpan.of(to);
            if (start.isEmpty() && stop.isEmpty()) {
                return false;
            }
            var first = start.map(DateSpan::first).orElse(Instant.MIN);
            var end = stop.map(DateSpan::end).orElse(Instant.MAX);
            return switch (prefix) {
                case "eq" -> first.isBefore(with.end) && end.isAfter(with.first);
                case "ge", "gt" -> end.isAfter(with.first);
                case "le", "lt" -> first.isBefore(with.end);
                default -> true;
            };
        }
    }

    /** A comparison as it is written; empty when it is none, or of a date that does not exist. */
    static Optional<Comparison> comparison(String written) {
        var found = COMPARISON.matcher(written);
        if (!found.matches()) {
            return Optional.empty();
        }
        var prefix = found.group(1) == null ? "eq" : found.group(1);
        return of(found.group(2)).map(span -> new Comparison(prefix, span));
    }

    /** A date as it is written; empty when it is none. */
    static Optional<DateSpan> of(String written) {
        try {
            return Optional.of(
                    switch (written.length()) {
                        case 4 -> days(Year.parse(written).atDay(1), ChronoUnit.YEARS);
                        case 7 -> days(YearMonth.parse(written).atDay(1), ChronoUnit.MONTHS);
                        case 10 -> days(LocalDate.parse(written), ChronoUnit.DAYS);
                        default -> moment(written);
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static DateSpan days(LocalDate first, ChronoUnit unit) {
        return anywhere(first.atStartOfDay(), first.plus(1, unit).atStartOfDay());
    }

    private static DateSpan moment(String written) {
        if (!written.matches(".*T.*(Z|[+-]\\d\\d:\\d\\d)")) {
            var time = LocalDateTime.parse(written);
            return anywhere(time, time.plus(1, exactness(written)));
        }
        var time = OffsetDateTime.parse(written).toInstant();
        return new DateSpan(time, time.plus(1, exactness(written.replaceAll("(Z|[+-]\\d\\d:\\d\\d)$", ""))));
    }

    /** A time without seconds is a minute; one with seconds is taken for a second, as most servers keep no less. */
    private static ChronoUnit exactness(String withoutOffset) {
        return SECONDS.matcher(withoutOffset).lookingAt() ? ChronoUnit.SECONDS : ChronoUnit.MINUTES;
    }

    private static DateSpan anywhere(LocalDateTime from, LocalDateTime to) {
        return new DateSpan(from.toInstant(EARLIEST), to.toInstant(LATEST));
    }
}
