package org.ehrhub.routes.limits;

import java.util.stream.Stream;

/**
 * How an EHR is taken up just now, and how often its limits have kept calls back since the start.
 *
 * @param underWay calls under way
 * @param places how many there may be
 * @param breaker {@code closed}; {@code open} while it is left alone after failures; {@code half_open} while one call tries it
 * @param refusedByPace because it was asked too often
 * @param refusedByPlaces because too many calls were under way
 * @param refusedByBreaker because it was left alone
 * @param notRepeated reads that were not tried again because too many had been
 */
public record EhrLoad(
        int underWay,
        int places,
        String breaker,
        long refusedByPace,
        long refusedByPlaces,
        long refusedByBreaker,
        long notRepeated) {
    /** What a caller should know, in words; nothing while there is room. */
    public Stream<String> words() {
        return Stream.concat(
                breaker.equals("closed") ? Stream.empty() : Stream.of("it is left alone for seconds after failures"),
                underWay < places / 2
                        ? Stream.empty()
                        : Stream.of(underWay + " of " + places + " calls are under way"));
    }
}
