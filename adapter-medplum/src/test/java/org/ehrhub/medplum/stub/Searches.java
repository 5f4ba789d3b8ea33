package org.ehrhub.medplum.stub;

import ca.uhn.fhir.model.api.ResourceMetadataKeyEnum;
import ca.uhn.fhir.model.valueset.BundleEntrySearchModeEnum;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;
import tools.jackson.databind.node.ObjectNode;

/** Search, as far as the sandbox's index goes, and what a policy's criteria let a caller find. */
final class Searches {
    static final int SEARCH = 20;
    private static final Pattern CHAIN = Pattern.compile("([a-z][\\w-]*)(?::(\\w+))?\\.([a-z][\\w:.-]*)");

    private final Archive archive;

    Searches(Archive archive) {
        this.archive = archive;
    }

    /**
     * What a search finds.
     *
     * @param included what it includes beside them
     */
    record Found(int total, List<ObjectNode> matches, List<ObjectNode> included) {}

    /** A page of what the caller may see. */
    Found page(Call call, String type, SearchAsked asked) {
        if (!archive.knows(type)) {
            throw Refused.unknownType();
        }
        Rights.of(call.session()).need("search", type);
        return archive.alone(() -> archive.isIndexed(type) ? indexed(call, type, asked) : own(type, asked));
    }

    /** Everything that a query finds for the caller, for conditional interactions. */
    List<ObjectNode> matching(Call call, String type, String query) {
        var asked = new LinkedHashMap<>(Asked.parsed(query));
        asked.put("_count", List.of("1000"));
        return page(call, type, SearchAsked.of(asked)).matches();
    }

    /** Whether a stored resource is within the criteria of the caller's policy. */
    boolean fits(Call call, ObjectNode resource) {
        var type = Json.type(resource);
        var criteria = Rights.of(call.session()).criteria(type);
        return criteria.isEmpty()
                || !archive.isIndexed(type)
                || !ask(type, with(Asked.parsed(criteria.get()), "_id", Json.id(resource)))
                        .isEmpty();
    }

    private Found indexed(Call call, String type, SearchAsked asked) {
        var wanted = new LinkedHashMap<String, List<String>>();
        asked.filters().forEach((name, values) -> values.forEach(value -> add(call, type, wanted, name, value)));
        known(type, asked);
        asked.control().forEach((name, values) -> wanted.merge(name, values, Searches::joined));
        Rights.of(call.session())
                .criteria(type)
                .ifPresent(criteria ->
                        Asked.parsed(criteria).forEach((name, values) -> wanted.merge(name, values, Searches::joined)));
        wanted.put("_count", List.of(Integer.toString(asked.count())));
        wanted.put("_offset", List.of(Integer.toString(asked.offset())));
        return found(call, type, wanted);
    }

    private Found found(Call call, String type, Map<String, List<String>> wanted) {
        try {
            var page = archive.index().page(type, arrays(wanted));
            var matches = new ArrayList<ObjectNode>();
            var included = new ArrayList<ObjectNode>();
            for (var resource : page.getAllResources()) {
                var target = isMatch(resource) ? matches : included;
                document(resource).ifPresent(target::add);
            }
            included.removeIf(one -> !Rights.of(call.session()).may("read", Json.type(one)) || !fits(call, one));
            return new Found(Optional.ofNullable(page.size()).orElse(0), matches, included);
        } catch (InvalidRequestException e) {
            throw Refused.bad(e.getMessage());
        }
    }

    private Optional<ObjectNode> document(IBaseResource resource) {
        return archive.find(
                ((Resource) resource).fhirType() + "/" + resource.getIdElement().getIdPart());
    }

    private static boolean isMatch(IBaseResource resource) {
        return ResourceMetadataKeyEnum.ENTRY_SEARCH_MODE.get(resource) != BundleEntrySearchModeEnum.INCLUDE;
    }

    /** Chains and compartments become what the index knows; everything else goes to it as it is. */
    private void add(Call call, String type, Map<String, List<String>> wanted, String name, String value) {
        var chain = CHAIN.matcher(name);
        if (name.equals("_compartment")) {
            wanted.merge(compartment(type), List.of(value), Searches::joined);
        } else if (chain.matches()) {
            var target = Optional.ofNullable(chain.group(2)).orElse("Patient");
            var ids = page(call, target, SearchAsked.of(Map.of(chain.group(3), List.of(value)))).matches().stream()
                    .map(Json::address)
                    .toList();
            wanted.merge(
                    chain.group(1),
                    List.of(ids.isEmpty() ? target + "/none" : String.join(",", ids)),
                    Searches::joined);
        } else {
            wanted.merge(name, List.of(value), Searches::joined);
        }
    }

    private String compartment(String type) {
        if (type.equals("Patient")) {
            return "_id";
        }
        return archive.index().searches(type, "patient") ? "patient" : "subject";
    }

    private void known(String type, SearchAsked asked) {
        var names = new ArrayList<String>();
        asked.filters().keySet().stream()
                .filter(name ->
                        !name.equals("_compartment") && !CHAIN.matcher(name).matches())
                .map(name -> name.split(":", 2)[0])
                .forEach(names::add);
        asked.control().getOrDefault("_sort", List.of()).stream()
                .flatMap(sort -> List.of(sort.split(",", -1)).stream())
                .map(key -> key.replaceFirst("^-", ""))
                .forEach(names::add);
        names.stream()
                .filter(name -> !archive.index().searches(type, name))
                .findFirst()
                .ifPresent(name -> {
                    throw Refused.bad("Unknown search parameter: " + name);
                });
    }

    /** Medplum's own types are few, and searched by few parameters. */
    private Found own(String type, SearchAsked asked) {
        var found = archive.all(type).stream()
                .filter(one -> asked.filters().entrySet().stream()
                        .allMatch(filter ->
                                filter.getValue().stream().allMatch(value -> holds(one, filter.getKey(), value))))
                .toList();
        var page = found.stream().skip(asked.offset()).limit(asked.count()).toList();
        return new Found(found.size(), page, List.of());
    }

    private static boolean holds(ObjectNode one, String name, String value) {
        return switch (name) {
            case "_id" -> List.of(value.split(",", -1)).contains(Json.id(one));
            case "_lastUpdated" -> true;
            case "identifier" ->
                Json.items(one.path("identifier"))
                        .anyMatch(held -> value.equals(Json.text(held, "system") + "|" + Json.text(held, "value"))
                                || value.equals(Json.text(held, "value")));
            case "name" -> Json.text(one, "name").startsWith(value);
            case "status" -> Json.text(one, "status").equals(value);
            case "profile", "user" -> Json.text(one, name, "reference").equals(value);
            default -> throw Refused.bad("Unknown search parameter: " + name);
        };
    }

    private List<IBaseResource> ask(String type, Map<String, List<String>> wanted) {
        return archive.index().page(type, arrays(wanted)).getAllResources();
    }

    private static Map<String, List<String>> with(Map<String, List<String>> asked, String name, String value) {
        var more = new LinkedHashMap<>(asked);
        more.merge(name, List.of(value), Searches::joined);
        return more;
    }

    private static List<String> joined(List<String> some, List<String> more) {
        var all = new ArrayList<>(some);
        all.addAll(more);
        return all;
    }

    private static Map<String, String[]> arrays(Map<String, List<String>> asked) {
        var arrays = new LinkedHashMap<String, String[]>();
        asked.forEach((name, values) -> arrays.put(name, values.toArray(String[]::new)));
        return arrays;
    }
}
