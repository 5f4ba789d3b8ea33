package org.ehrhub.policy;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Set;

/**
 * A part of the week, on the clocks of a zone. Hours that end before they begin reach into the next day and belong to the day
 * on which they begin.
 *
 * @param days the days
 * @param from from then on
 * @param to before then; the same as {@code from} for the whole day
 * @param zone where
 */
public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime to, ZoneId zone) {
    /** Takes a copy. */
    public Hours {
        days = Set.copyOf(days);
    }

    /** Whether a moment lies in it. */
    boolean hold(Instant at) {
        var there = at.atZone(zone);
        var time = there.toLocalTime();
        var isToday = days.contains(there.getDayOfWeek());
        if (from.isBefore(to)) {
            return isToday && !time.isBefore(from) && time.isBefore(to);
        }
        return (isToday && !time.isBefore(from))
                || (days.contains(there.getDayOfWeek().minus(1)) && time.isBefore(to) && !from.equals(to))
                || (isToday && from.equals(to));
    }
}
