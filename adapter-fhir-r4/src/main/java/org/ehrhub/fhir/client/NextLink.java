package org.ehrhub.fhir.client;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hl7.fhir.r4.model.Bundle;

/**
 * The links of a page (FHIR R4, 3.1.1.6), followed only under the configured base URL; those under the one by which the server
 * calls itself are taken there.
 */
final class NextLink {
    private NextLink() {}

    static boolean isThere(Bundle page) {
        return page.getLink("next") != null;
    }

    /** What follows the base URL in the next link; empty when it leads elsewhere, or nowhere. */
    static Optional<String> place(Bundle page, FhirServer server) {
        return place(page, server.base()).or(() -> server.habits().ownBase().flatMap(own -> place(page, own)));
    }

    /** What follows a base URL in the next link; empty when it leads elsewhere, or nowhere. */
    static Optional<String> place(Bundle page, URI base) {
        var link = page.getLink("next").getUrl();
        if (link == null) {
            return Optional.empty();
        }
        try {
            // Some servers leave the bars of tokens as they are.
            var written = link.replace("|", "%7C").replace(" ", "%20");
            var next = URI.create(base + "/").resolve(new URI(written));
            var path = next.getRawPath();
            if (!sameOrigin(next, base) || path == null || !path.startsWith(base.getRawPath())) {
                return Optional.empty();
            }
            var rest = path.substring(base.getRawPath().length())
                    + (next.getRawQuery() == null ? "" : "?" + next.getRawQuery());
            return isSafe(rest) && !rest.isEmpty() ? Optional.of(rest) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Whether a place stays under what it is appended to. */
    static boolean isSafe(String place) {
        var path = place.split("\\?", 2)[0].toLowerCase(Locale.ROOT);
        return (place.isEmpty() || place.startsWith("/") || place.startsWith("?"))
                && !path.contains("..")
                && !path.contains("%2e")
                && !path.contains("//")
                && place.chars().allMatch(c -> c > ' ' && c < 127);
    }

    /** Whether the server says, in the page's self link, that it used all these filters. */
    static boolean usedAll(Bundle page, Set<String> filters) {
        var self = page.getLink("self");
        if (self == null || self.getUrl() == null || !self.getUrl().contains("?")) {
            return filters.isEmpty();
        }
        var used = Stream.of(self.getUrl().split("\\?", 2)[1].split("&"))
                .map(pair -> pair.split("=", 2)[0].split("%3A|:", 2)[0])
                .collect(Collectors.toSet());
        return used.containsAll(filters);
    }

    static boolean sameOrigin(URI one, URI other) {
        return one.getRawUserInfo() == null
                && other.getScheme().equalsIgnoreCase(one.getScheme())
                && other.getHost().equalsIgnoreCase(one.getHost())
                && port(one) == port(other);
    }

    private static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : uri.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
