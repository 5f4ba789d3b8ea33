package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.server.IBundleProvider;
import ca.uhn.fhir.util.UrlUtil;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.hl7.fhir.r4.model.Resource;

/** A site's records as its operations use them, or those of another server that searches as this one does. */
public final class Records {
    private final ResourceStore store;
    private final ResourceWriter writer;
    private final ZoneId zone;

    Records(ResourceStore store, ResourceWriter writer, ZoneId zone) {
        this.store = store;
        this.writer = writer;
        this.zone = zone;
    }

    /** None yet, of every type of the FHIR version, for a server of its own kind that keeps ids and versions itself. */
    public static Records none(FhirContext fhir, Habits habits, Clock clock) {
        Map<String, Supplier<List<Resource>>> empty =
                fhir.getResourceTypes().stream().collect(Collectors.toMap(type -> type, type -> List::of));
        var store = new ResourceStore(fhir, habits, clock, empty);
        return new Records(
                store, new ResourceWriter(fhir, store, new Searcher(store, habits, () -> false)), habits.zone());
    }

    /** The site's offset of times without one. */
    public ZoneId zone() {
        return zone;
    }

    /** The site's clock. */
    public Instant now() {
        return store.now();
    }

    /** The types the site holds resources of. */
    public Set<String> types() {
        return Set.copyOf(store.shelves().keySet());
    }

    /** Whether the type can be searched by this parameter. */
    public boolean searches(String type, String parameter) {
        return store.shelf(type).parameters().named(parameter).isPresent();
    }

    /** One resource, which is never changed; empty where there is none, or no such type. */
    public Optional<Resource> find(String type, String id) {
        return store.shelves().containsKey(type) ? store.shelf(type).find(id) : Optional.empty();
    }

    /** All resources of a type, by id. */
    public List<Resource> all(String type) {
        return List.copyOf(store.shelf(type).all());
    }

    /** Everything a search finds, without pages: {@code patient=1&_sort=-date}. */
    public List<Resource> matching(String type, String search) {
        return reading(() -> writer.searcher().matching(type, UrlUtil.parseQueryString(search)));
    }

    /** A page of a search, its matches and what they include, told apart by their search mode; 400 where it asks what is unknown. */
    public IBundleProvider page(String type, Map<String, String[]> asked) {
        return writer.searcher().page(type, asked);
    }

    /** Takes a resource in under its own id, in place of the one that had it. */
    public void keep(Resource resource) {
        written(() -> store.shelf(resource.fhirType()).put(resource, store.now()));
    }

    /** Takes a resource away. */
    public void drop(String type, String id) {
        written(() -> store.shelf(type).remove(id));
    }

    /** A resource made as a client's POST would make it. */
    public Resource create(Resource resource) {
        return written(new Write.Create(resource, null, null));
    }

    /** The next version of a resource. */
    public Resource update(Resource resource) {
        return written(new Write.Update(resource.getIdPart(), resource, null, null));
    }

    <T> T reading(Supplier<T> work) {
        return store.reading(work);
    }

    private void written(Runnable change) {
        store.writing(() -> {
            change.run();
            return true;
        });
    }

    private Resource written(Write write) {
        return Objects.requireNonNull(writer.write(List.of(write)).getFirst().resource());
    }
}
