package org.ehrhub.server.config;

import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with a configuration, so that all of it is reported at once. */
final class Problems {
    private final List<Problem> found = new ArrayList<>();

    void add(Place place, String words) {
        found.add(new Problem(place, words));
    }

    boolean any() {
        return !found.isEmpty();
    }

    int count() {
        return found.size();
    }

    List<Problem> all() {
        return List.copyOf(found);
    }

    void refuseIfAny() {
        if (any()) {
            throw new ConfigurationRefused(found);
        }
    }
}
