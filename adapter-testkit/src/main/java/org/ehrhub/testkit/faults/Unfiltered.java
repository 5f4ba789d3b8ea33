package org.ehrhub.testkit.faults;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** A search without what narrows it: only what says how results come (FHIR R4, 3.1.1.5) and what leads to a page stays. */
final class Unfiltered {
    private static final Set<String> NARROWING = Set.of(
            "_id", "_lastUpdated", "_tag", "_security", "_profile", "_text", "_content", "_list", "_has", "_type");
    private static final Set<String> LEADING = Set.of("page", "cursor", "offset", "ct", "token");

    private Unfiltered() {}

    static Asked of(Asked asked) {
        if (asked.method().equals("POST") && asked.path().endsWith("/_search")) {
            return asked.with(left(asked.text()));
        }
        var parts = asked.target().split("\\?", 2);
        if (parts.length < 2 || !asked.method().equals("GET") || parts[0].contains("$")) {
            return asked;
        }
        return asked.to(parts[0] + "?" + left(parts[1]));
    }

    private static String left(String parameters) {
        return Arrays.stream(parameters.split("&")).filter(Unfiltered::stays).collect(Collectors.joining("&"));
    }

    private static boolean stays(String pair) {
        var name = pair.split("=", 2)[0].split(":|%3A", 2)[0];
        return LEADING.contains(name) || (name.startsWith("_") && !NARROWING.contains(name));
    }
}
