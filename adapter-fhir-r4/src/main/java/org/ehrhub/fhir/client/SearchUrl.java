package org.ehrhub.fhir.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.ehrhub.tools.CodeToken;

/** A search of one resource type, built parameter by parameter so that no value can break out of its own. */
public final class SearchUrl {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");
    private static final DateTimeFormatter MILLIS = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    private final String type;
    private final List<String> parts = new ArrayList<>();
    private final Set<String> names = new LinkedHashSet<>();

    private SearchUrl(String type) {
        this.type = type;
    }

    /** A search of this type without parameters. */
    public static SearchUrl of(String type) {
        return new SearchUrl(type);
    }

    /** An operation on this type, or one record of it, that is asked with GET and answers with a Bundle. */
    public static SearchUrl ofOperation(String place, String operation) {
        return new SearchUrl(place + "/$" + operation);
    }

    /** Whether this is an operation rather than a search. */
    boolean isOperation() {
        return type.contains("/");
    }

    /** Adds a value that means only itself: what FHIR gives a meaning is escaped (FHIR R4, 3.1.1.5.7). */
    public SearchUrl text(String name, String value) {
        return written(name, escaped(value));
    }

    /** Adds a token: a value alone, or after the first bar the value in the system before it (FHIR R4, 3.1.1.5.10). */
    public SearchUrl token(String name, String value) {
        int bar = value.indexOf('|');
        return written(
                name,
                bar < 0 ? escaped(value) : escaped(value.substring(0, bar)) + "|" + escaped(value.substring(bar + 1)));
    }

    /** Adds a token. */
    public SearchUrl token(String name, CodeToken token) {
        return token(name, token.system() == null ? token.code() : token.system() + "|" + token.code());
    }

    /** Adds a value in which any of these fits. */
    public SearchUrl anyOf(String name, List<String> values) {
        return written(
                name, String.join(",", values.stream().map(SearchUrl::escaped).toList()));
    }

    /** Adds a time with a comparison before it: {@code ge}, {@code lt} or none (FHIR R4, 3.1.1.5.6). */
    public SearchUrl time(String name, String comparison, OffsetDateTime time) {
        var written = time.getNano() == 0 ? SECONDS : MILLIS;
        return written(name, comparison + written.format(time));
    }

    /** Adds a parameter in FHIR's own notation; never text of a caller. */
    public SearchUrl written(String name, String value) {
        if (!name.startsWith("_")) {
            names.add(name);
        }
        parts.add(URLEncoder.encode(name, StandardCharsets.UTF_8) + "=" + encoded(value));
        return this;
    }

    /** The names of the filters, in their order. */
    public Set<String> filters() {
        return Set.copyOf(names);
    }

    /** {@code family=Hill}: what a conditional create is sent with (FHIR R4, 3.1.0.8.1). */
    public String condition() {
        return String.join("&", parts);
    }

    /** {@code Patient?family=Hill}, {@code Patient/1/$summary}. */
    public String text() {
        return isOperation() && parts.isEmpty() ? type : type + "?" + String.join("&", parts);
    }

    private static String escaped(String value) {
        return value.replaceAll("[\\\\,|$]", "\\\\$0");
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
