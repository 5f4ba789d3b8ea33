package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.rest.param.ParameterUtil;
import ca.uhn.fhir.rest.server.SimpleBundleProvider;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.ehrhub.sandbox.fhir.SearchQuery.Inclusion;
import org.ehrhub.sandbox.fhir.SearchQuery.SortKey;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;

/** Searches one site's store and pages the answer. */
final class Searcher {
    private static final DateTimeFormatter SORTABLE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private final ResourceStore store;
    private final Habits habits;
    private final BooleanSupplier careless;

    Searcher(ResourceStore store, Habits habits, BooleanSupplier careless) {
        this.store = store;
        this.habits = habits;
        this.careless = careless;
    }

    /** The parameters that take part in a search: those the site ignores are left out. */
    Map<String, String[]> heeded(String type, Map<String, String[]> asked) {
        var heeded = new LinkedHashMap<>(asked);
        heeded.keySet().removeIf(name -> habits.ignores(type, ParameterUtil.stripModifierPart(name)));
        return heeded;
    }

    /** The page asked for, with what it includes. */
    IBundleProvider page(String type, Map<String, String[]> asked) {
        var understood = new SearchQuery.Reader(store, habits, type).read(asked);
        var query = careless.getAsBoolean() ? understood.unfiltered() : understood;
        return store.reading(() -> {
            List<Resource> matches = matches(query);
            int from = Math.min(query.offset(), matches.size());
            List<Resource> page = matches.subList(from, Math.min(from + query.count(), matches.size()));
            var shown = new ArrayList<>(page);
            included(query, page).forEach(other -> shown.add(marked(other)));
            var answer = new SimpleBundleProvider(shown);
            answer.setSize(matches.size());
            answer.setPublished(new InstantType(store.now().toString()));
            answer.setCurrentPageOffset(query.offset());
            // A page of none, asked for to learn the total, has no next one.
            answer.setCurrentPageSize(query.count() == 0 ? matches.size() : query.count());
            return answer;
        });
    }

    /** A copy, because what is stored is marked as a match. */
    private static Resource marked(Resource included) {
        Resource copy = included.copy();
        ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(copy, BundleEntrySearchModeEnum.INCLUDE);
        return copy;
    }

    /** Everything that matches, for conditional writes; the caller holds a lock. */
    List<Resource> matching(String type, Map<String, String[]> asked) {
        return matches(new SearchQuery.Reader(store, habits, type).read(heeded(type, asked)));
    }

    private List<Resource> matches(SearchQuery query) {
        Shelf shelf = store.shelf(query.type());
        // Each index is looked up once for the whole scan.
        List<Predicate<Resource>> tests =
                query.filters().stream().map(filter -> test(shelf, filter)).toList();
        var found = new ArrayList<Resource>();
        for (Resource resource : shelf.all()) {
            if (tests.stream().allMatch(test -> test.test(resource))) {
                found.add(resource);
            }
        }
        query.sort().stream()
                .map(key -> order(shelf, key, found))
                .reduce(Comparator::thenComparing)
                .ifPresent(found::sort);
        return found;
    }

    private static Predicate<Resource> test(Shelf shelf, SearchFilter filter) {
        Shelf.Index index = shelf.index(filter.parameter());
        return resource -> filter.test().test(index.of(resource));
    }

    private static Comparator<Resource> order(Shelf shelf, SortKey key, List<Resource> found) {
        var texts = new HashMap<String, Optional<String>>();
        Shelf.Index index = shelf.index(key.parameter());
        found.forEach(resource -> texts.put(resource.getIdPart(), sortText(index.of(resource), key.descending())));
        Comparator<String> direction = key.descending() ? Comparator.reverseOrder() : Comparator.naturalOrder();
        Comparator<Optional<String>> missingLast = Comparator.comparing(Optional::isEmpty);
        return Comparator.comparing(
                (Resource resource) -> texts.getOrDefault(resource.getIdPart(), Optional.empty()),
                missingLast.thenComparing(text -> text.orElse(""), direction));
    }

    /** Times are written at a fixed width, so that all kinds compare as text; of several, the one nearest the first counts. */
    private static Optional<String> sortText(List<Indexed> values, boolean descending) {
        var texts = values.stream().map(value -> switch (value) {
            case Indexed.Time time -> SORTABLE.format(time.span().from());
            case Indexed.Text text -> text.folded();
            case Indexed.Token token -> token.code();
            case Indexed.Target target -> target.type() + "/" + target.id();
        });
        return descending ? texts.max(Comparator.naturalOrder()) : texts.min(Comparator.naturalOrder());
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
        Shelf.Index index = store.shelf(inclusion.type()).index(inclusion.parameter());
        return page.stream()
                .flatMap(resource -> index.of(resource).stream())
                .filter(value -> value instanceof Indexed.Target target
                        && store.shelves().containsKey(target.type())
                        && (inclusion.target().isEmpty() || inclusion.target().equals(target.type())))
                .map(Indexed.Target.class::cast)
                .flatMap(target -> store.shelf(target.type()).find(target.id()).stream())
                .toList();
    }

    private List<Resource> pointingAt(Inclusion inclusion, List<Resource> page) {
        Shelf shelf = store.shelf(inclusion.type());
        Shelf.Index index = shelf.index(inclusion.parameter());
        var wanted = page.stream()
                .map(match -> new Indexed.Target(match.fhirType(), match.getIdPart()))
                .collect(Collectors.toSet());
        return shelf.all().stream()
                .filter(resource -> index.of(resource).stream()
                        .anyMatch(value -> value instanceof Indexed.Target target && wanted.contains(target)))
                .toList();
    }

    private static String key(Resource resource) {
        return resource.fhirType() + "/" + resource.getIdPart();
    }
}
