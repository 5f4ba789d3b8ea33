package org.ehrhub.fhir.writing;

import java.time.Duration;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.hl7.fhir.r4.model.DateTimeType;

/** Times as FHIR writes them (FHIR R4, 2.24.0.1): always with seconds, and with the offset they were given in. */
public final class Times {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);

    private Times() {}

    /** A caller's time. */
    public static String written(OffsetDateTime time) {
        return (time.getNano() == 0 ? SECONDS : MILLIS).format(time);
    }

    /** A caller's time. */
    public static DateTimeType of(OffsetDateTime time) {
        return new DateTimeType(written(time));
    }

    /**
     * A caller's time of what has been.
     *
     * @throws org.ehrhub.adapters.EhrFailure {@code INVALID_INPUT} when it is still to come
     */
    public static DateTimeType past(OffsetDateTime time, String argument, InstantSource clock) {
        if (time.toInstant().isAfter(clock.instant().plus(CLOCKS_DIFFER))) {
            throw Refusal.invalid(argument, "is still to come.", "Give the time at which it was so.");
        }
        return of(time);
    }

    /** The time now, to the second. */
    public static String now(InstantSource clock) {
        return written(clock.instant().truncatedTo(ChronoUnit.SECONDS).atOffset(ZoneOffset.UTC));
    }
}
