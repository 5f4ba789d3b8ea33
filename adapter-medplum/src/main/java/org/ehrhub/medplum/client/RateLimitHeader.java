package org.ehrhub.medplum.client;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * The server's {@code RateLimit} header: several limits, with commas between or in headers of their own, each with what is
 * left ({@code r}) and the seconds until it begins anew ({@code t}).
 *
 * @param limits by name
 */
record RateLimitHeader(Map<String, Limit> limits) {
    static final String NAME = "RateLimit";
    private static final Pattern LIMIT = Pattern.compile("\"([A-Za-z-]{1,40})\"((?:\\s*;\\s*[a-z]{1,10}=\\d{1,15})*)");
    private static final Pattern PART = Pattern.compile("([a-z]+)=(\\d+)");

    /** One limit. */
    record Limit(long left, long seconds) {}

    static RateLimitHeader of(List<String> values) {
        var limits = new HashMap<String, Limit>();
        var each = LIMIT.matcher(String.join(",", values));
        while (each.find()) {
            var parts = new HashMap<String, Long>();
            var part = PART.matcher(each.group(2));
            while (part.find()) {
                parts.put(part.group(1), Long.valueOf(part.group(2)));
            }
            var left = parts.get("r");
            var seconds = parts.get("t");
            if (left != null && seconds != null) {
                limits.put(each.group(1), new Limit(left, seconds));
            }
        }
        return new RateLimitHeader(Map.copyOf(limits));
    }

    /** The seconds until all that are used up begin anew; empty where none is used up. */
    OptionalLong seconds() {
        return limits.values().stream()
                .filter(limit -> limit.left() == 0)
                .mapToLong(Limit::seconds)
                .max();
    }
}
