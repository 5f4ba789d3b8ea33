package org.ehrhub.fhir.resources;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ehrhub.fhir.StoredQuery;

/** The GraphQL queries that callers may have run: those of the settings, by their names. */
public final class StoredQueries {
    private static final Pattern PLACE = Pattern.compile("\\$graphql(?:/([^?]*))?(?:\\?.*)?", Pattern.DOTALL);

    private final Map<String, GraphQuery> byName;

    private StoredQueries(Map<String, GraphQuery> byName) {
        this.byName = Map.copyOf(byName);
    }

    /**
     * Those of the settings.
     *
     * @throws IllegalArgumentException when one is not a query and nothing but a query, of types that may be shown
     */
    public static StoredQueries of(List<StoredQuery> set, QueryTypes types) {
        var byName = new HashMap<String, GraphQuery>();
        for (var stored : set) {
            if (byName.put(stored.name(), GraphQuery.read(stored.query(), types)) != null) {
                throw new IllegalArgumentException("graphql must hold each name once");
            }
        }
        return new StoredQueries(byName);
    }

    /** Whether a path has the form of a query in GraphQL; anything else is no concern of this class. */
    static boolean isOne(String path) {
        return PLACE.matcher(path).matches();
    }

    /** The query that a path names. */
    Optional<GraphQuery> find(String path) {
        var place = PLACE.matcher(path);
        return place.matches() && place.group(1) != null
                ? Optional.ofNullable(byName.get(place.group(1)))
                : Optional.empty();
    }

    /** Their names as a path has them, for a caller to read. */
    String words() {
        return byName.isEmpty()
                ? "none"
                : byName.keySet().stream().sorted().map("$graphql/"::concat).collect(Collectors.joining(", "));
    }
}
