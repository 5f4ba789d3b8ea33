package org.ehrhub.testkit;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;

/** What a time may mean that is written as exactly as it is known (FHIR R4, 2.24.0.1 dateTime); a day is one of any zone. */
record TimeSpan(OffsetDateTime start, OffsetDateTime end) {
    private static final ZoneOffset FIRST = ZoneOffset.ofHours(14);
    private static final ZoneOffset LAST = ZoneOffset.ofHours(-12);

    /** The span; empty where the text is no time. */
    static Optional<TimeSpan> parse(String text) {
        try {
            return Optional.of(
                    switch (text.length()) {
                        case 4 ->
                            days(
                                    Year.parse(text).atDay(1),
                                    Year.parse(text).plusYears(1).atDay(1));
                        case 7 ->
                            days(
                                    YearMonth.parse(text).atDay(1),
                                    YearMonth.parse(text).plusMonths(1).atDay(1));
                        case 10 ->
                            days(LocalDate.parse(text), LocalDate.parse(text).plusDays(1));
                        default -> new TimeSpan(OffsetDateTime.parse(text), OffsetDateTime.parse(text));
                    });
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    boolean isExact() {
        return start.equals(end);
    }

    boolean mayReach(OffsetDateTime from) {
        return !end.isBefore(from);
    }

    boolean mayBeginBefore(OffsetDateTime to) {
        return start.isBefore(to);
    }

    private static TimeSpan days(LocalDate first, LocalDate after) {
        return new TimeSpan(
                first.atStartOfDay().atOffset(FIRST), after.atStartOfDay().atOffset(LAST));
    }
}
