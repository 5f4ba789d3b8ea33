package org.ehrhub.sandbox.fhir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ehrhub.sandbox.fhir.SearchQuery.Inclusion;
import org.ehrhub.sandbox.fhir.SearchQuery.SortKey;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Bundle.SearchEntryMode;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;

/** Searches one site's store and pages the answer. */
final class Searcher {
    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final ResourceStore store;
    private final Habits habits;

    Searcher(ResourceStore store, Habits habits) {
        this.store = store;
        this.habits = habits;
    }

    /** The page asked for, as a searchset Bundle whose links start with the base address. */
    Bundle page(String base, String type, Map<String, List<String>> asked) {
        var query = new SearchQuery.Reader(store, habits, type).read(asked);
        return store.reading(() -> {
            List<Resource> matches = matches(query);
            var bundle = new Bundle();
            bundle.setType(BundleType.SEARCHSET).setTotal(matches.size());
            bundle.getMeta().setLastUpdatedElement(new InstantType(store.now().toString()));
            bundle.addLink().setRelation("self").setUrl(link(base, query, query.offset()));
            if (query.countOnly()) {
                return bundle;
            }
            int from = Math.min(query.offset(), matches.size());
            int until = Math.min(from + query.count(), matches.size());
            if (until < matches.size()) {
                bundle.addLink().setRelation("next").setUrl(link(base, query, until));
            }
            List<Resource> page = matches.subList(from, until);
            page.forEach(match -> add(bundle, base, match, SearchEntryMode.MATCH));
            included(query, page).forEach(other -> add(bundle, base, other, SearchEntryMode.INCLUDE));
            return bundle;
        });
    }

    /** Everything that matches, for conditional writes; the caller holds a lock. */
    List<Resource> matching(String type, Map<String, List<String>> asked) {
        return matches(new SearchQuery.Reader(store, habits, type).read(asked));
    }

    private List<Resource> matches(SearchQuery query) {
        Shelf shelf = store.shelf(query.type());
        var found = new ArrayList<Resource>();
        for (Resource resource : shelf.all()) {
            if (query.filters().stream()
                    .allMatch(filter -> filter.test().test(shelf.values(filter.parameter(), resource)))) {
                found.add(resource);
            }
        }
        query.sort().stream()
                .map(key -> order(shelf, key, found))
                .reduce(Comparator::thenComparing)
                .ifPresent(found::sort);
        return found;
    }

    private static Comparator<Resource> order(Shelf shelf, SortKey key, List<Resource> found) {
        var texts = new HashMap<String, Optional<String>>();
        found.forEach(resource -> texts.put(resource.getIdPart(), sortText(shelf.values(key.parameter(), resource))));
        Comparator<String> direction = key.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<Optional<String>> missingLast = Comparator.comparing(Optional::isEmpty);
        return Comparator.comparing(
                (Resource resource) -> texts.getOrDefault(resource.getIdPart(), Optional.empty()),
                missingLast.thenComparing(text -> text.orElse(""), direction));
    }

    /** Times are written at a fixed width, so that all kinds compare as text. */
    private static Optional<String> sortText(List<Indexed> values) {
        return values.stream()
                .map(value -> switch (value) {
                    case Indexed.Time time -> SORTABLE.format(time.span().from());
                    case Indexed.Text text -> text.folded();
                    case Indexed.Token token -> token.code();
                    case Indexed.Target target -> target.type() + "/" + target.id();
                })
                .min(Comparator.naturalOrder());
    }

    private Iterable<Resource> included(SearchQuery query, List<Resource> page) {
        var found = new LinkedHashMap<String, Resource>();
        for (Inclusion inclusion : query.includes()) {
            (inclusion.reverse() ? pointingAt(inclusion, page) : pointedAt(inclusion, page))
                    .forEach(resource -> found.put(key(resource), resource));
        }
        page.forEach(match -> found.remove(key(match)));
        return found.values();
    }

    private List<Resource> pointedAt(Inclusion inclusion, List<Resource> page) {
        Shelf shelf = store.shelf(inclusion.type());
        return page.stream()
                .flatMap(resource -> shelf.values(inclusion.parameter(), resource).stream())
                .filter(value -> value instanceof Indexed.Target target
                        && store.shelves().containsKey(target.type())
                        && (inclusion.target().isEmpty() || inclusion.target().equals(target.type())))
                .map(Indexed.Target.class::cast)
                .flatMap(target -> store.shelf(target.type()).find(target.id()).stream())
                .toList();
    }

    private List<Resource> pointingAt(Inclusion inclusion, List<Resource> page) {
        Shelf shelf = store.shelf(inclusion.type());
        var wanted = page.stream()
                .map(match -> new Indexed.Target(match.fhirType(), match.getIdPart()))
                .collect(Collectors.toSet());
        return shelf.all().stream()
                .filter(resource -> shelf.values(inclusion.parameter(), resource).stream()
                        .anyMatch(value -> value instanceof Indexed.Target target && wanted.contains(target)))
                .toList();
    }

    private static String key(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }

    private static void add(Bundle bundle, String base, Resource resource, SearchEntryMode mode) {
        bundle.addEntry()
                .setFullUrl(base + "/" + key(resource))
                .setResource(resource)
                .getSearch()
                .setMode(mode);
    }

    private static String link(String base, SearchQuery query, int offset) {
        var parts = new ArrayList<String>();
        query.used().forEach(entry -> parts.add(encoded(entry.getKey()) + "=" + encoded(entry.getValue())));
        if (offset > 0) {
            parts.add("_offset=" + offset);
        }
        return base + "/" + query.type() + (parts.isEmpty() ? "" : "?" + String.join("&", parts));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
