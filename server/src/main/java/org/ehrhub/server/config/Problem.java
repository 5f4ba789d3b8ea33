package org.ehrhub.server.config;

/**
 * One thing that is wrong with the configuration.
 *
 * @param place where
 * @param words what is wrong and what to do, without repeating any value
 */
public record Problem(Place place, String words) {
    @Override
    public String toString() {
        return place + " " + words;
    }
}
