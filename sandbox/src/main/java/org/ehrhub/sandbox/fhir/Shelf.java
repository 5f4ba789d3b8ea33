package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.server.exceptions.ResourceGoneException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Supplier;
import org.ehrhub.sandbox.fhir.SearchParameters.Parameter;
import org.hl7.fhir.r4.model.InstantType;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type at one site. They are generated at the first use, and each search parameter is indexed at its
 * first use, so that a start costs nothing; later writes keep the indexes that exist. Stored resources are never changed.
 */
final class Shelf {
    private final String type;
    private final ZoneId zone;
    private final Supplier<SearchParameters> parameters;
    private final Supplier<Map<String, Resource>> resources;
    private final Map<String, Long> deletedVersions = new ConcurrentHashMap<>();
    private final Map<Parameter, Map<String, List<Indexed>>> indexes = new ConcurrentHashMap<>();

    Shelf(String type, FhirContext fhir, ZoneId zone, Supplier<List<Resource>> seed, Instant seeded) {
        this.type = type;
        this.zone = zone;
        this.parameters = new Once<>(() -> new SearchParameters(fhir, type));
        this.resources = new Once<>(() -> generated(seed.get(), seeded));
    }

    private static Map<String, Resource> generated(List<Resource> seed, Instant seeded) {
        var map = new ConcurrentSkipListMap<String, Resource>();
        for (Resource resource : seed) {
            stamp(resource, 1, seeded);
            map.put(resource.getIdPart(), resource);
        }
        return map;
    }

    private static void stamp(Resource resource, long version, Instant when) {
        resource.getMeta().setVersionId(Long.toString(version)).setLastUpdatedElement(new InstantType(when.toString()));
        ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.put(resource, BundleEntrySearchModeEnum.MATCH);
    }

    String type() {
        return type;
    }

    SearchParameters parameters() {
        return parameters.get();
    }

    Collection<Resource> all() {
        return resources.get().values();
    }

    Optional<Resource> find(String id) {
        return Optional.ofNullable(resources.get().get(id));
    }

    /** Whether no resource ever had this id. */
    boolean isUnknown(String id) {
        return !resources.get().containsKey(id) && !deletedVersions.containsKey(id);
    }

    /** The resource, or the 404 or 410 that says it is not there. */
    Resource read(String id) {
        Resource found = resources.get().get(id);
        if (found != null) {
            return found;
        }
        if (deletedVersions.containsKey(id)) {
            throw new ResourceGoneException(type + "/" + id + " was deleted");
        }
        throw new ResourceNotFoundException(type + "/" + id + " is not known");
    }

    /** Puts the next version of a resource; the caller holds the store's write lock. */
    void put(Resource next, Instant when) {
        String id = next.getIdPart();
        @Nullable Resource previous = resources.get().get(id);
        long version = previous == null
                ? deletedVersions.getOrDefault(id, 0L)
                : Long.parseLong(previous.getMeta().getVersionId());
        stamp(next, version + 1, when);
        resources.get().put(id, next);
        deletedVersions.remove(id);
        indexes.forEach((parameter, index) -> index.put(id, indexed(parameter, next)));
    }

    /** Takes a resource away; the caller holds the store's write lock. */
    void remove(String id) {
        Resource gone = resources.get().remove(id);
        if (gone != null) {
            deletedVersions.put(id, Long.parseLong(gone.getMeta().getVersionId()) + 1);
            indexes.values().forEach(index -> index.remove(id));
        }
    }

    /** What a parameter sees in each resource; the caller holds one of the store's locks as long as it uses this. */
    Index index(Parameter parameter) {
        return new Index(indexes.computeIfAbsent(parameter, this::indexed));
    }

    /** The values one search parameter has, by id. */
    record Index(Map<String, List<Indexed>> byId) {
        List<Indexed> of(Resource resource) {
            return byId.getOrDefault(resource.getIdPart(), List.of());
        }
    }

    private Map<String, List<Indexed>> indexed(Parameter parameter) {
        var index = new ConcurrentHashMap<String, List<Indexed>>();
        all().forEach(resource -> index.put(resource.getIdPart(), indexed(parameter, resource)));
        return index;
    }

    private List<Indexed> indexed(Parameter parameter, Resource resource) {
        if (parameter.name().equals("_id")) {
            return List.of(new Indexed.Token(null, resource.getIdPart()));
        }
        return parameter.path().from(resource).stream()
                .flatMap(value -> Indexed.of(value, parameter.kind(), zone))
                .toList();
    }
}
