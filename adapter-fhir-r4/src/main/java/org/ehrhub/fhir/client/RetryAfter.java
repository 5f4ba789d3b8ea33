package org.ehrhub.fhir.client;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** When a server says that it may be asked again (RFC 9110, 10.2.3), as a hint in the hub's words. The hub never waits for it. */
final class RetryAfter {
    static final String LATER = "Try again later.";
    private static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** The hint; {@link #LATER} where the header says nothing that can be relied on. */
    static String hint(@Nullable String header, Instant now) {
        var wait = wait(header, now);
        if (wait.compareTo(LONGEST) > 0) {
            return "The EHR wants no request for more than an hour; try again later than that.";
        }
        long seconds = wait.toSeconds();
        return seconds < 1 ? LATER : "Try again after " + seconds + (seconds == 1 ? " second." : " seconds.");
    }

    private static Duration wait(@Nullable String header, Instant now) {
        if (header == null) {
            return Duration.ZERO;
        }
        var text = header.strip();
        if (text.matches("\\d+")) {
            return text.length() > 9 ? Duration.ofDays(1) : Duration.ofSeconds(Long.parseLong(text));
        }
        try {
            var until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Duration.between(now, until).plusMillis(999);
        } catch (DateTimeException e) {
            return Duration.ZERO;
        }
    }
}
