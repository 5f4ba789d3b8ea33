package org.ehrhub.medplum.stub;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Answers searches with the bundle that Medplum makes of what is found. */
final class SearchDesk {
    private static final String SUBSETTED_SYSTEM = "http://hl7.org/fhir/v3/ObservationValue";

    private final Searches searches;
    private final View view;
    private final Places places;

    SearchDesk(Searches searches, View view, Places places) {
        this.searches = searches;
        this.view = view;
        this.places = places;
    }

    Said ofType(Call call, String type) {
        call.charge(Searches.SEARCH);
        var asked = SearchAsked.of(call.asked().parameters());
        return Said.fhir(200, bundle(call, type, asked, searches.page(call, type, asked)));
    }

    Said ofTypes(Call call) {
        var types = call.asked().parameter("_type").orElse("");
        if (types.isEmpty()) {
            throw Refused.bad("No types specified");
        }
        call.charge(Searches.SEARCH);
        var asked = SearchAsked.of(call.asked().parameters());
        var total = 0;
        var matches = new ArrayList<ObjectNode>();
        for (var type : types.split(",", -1)) {
            var each = new LinkedHashMap<>(call.asked().parameters());
            each.put("_count", List.of("1000"));
            each.remove("_offset");
            var found = searches.page(call, type, SearchAsked.of(each));
            total += found.total();
            matches.addAll(found.matches());
        }
        var page = matches.stream().skip(asked.offset()).limit(asked.count()).toList();
        return Said.fhir(200, bundle(call, "MultipleTypes", asked, new Searches.Found(total, page, List.of())));
    }

    private ObjectNode bundle(Call call, String type, SearchAsked asked, Searches.Found found) {
        var bundle = Json.resource("Bundle").put("type", "searchset");
        if (!found.matches().isEmpty()) {
            var entries = bundle.putArray("entry");
            found.matches().forEach(match -> entry(entries, reduced(view.of(match, call), asked), "match"));
            found.included().forEach(other -> entry(entries, view.of(other, call), "include"));
        }
        if (asked.total()) {
            bundle.put("total", found.total());
        }
        var links = bundle.putArray("link");
        link(links, "self", type, asked.link(asked.offset()));
        if (!found.matches().isEmpty()) {
            link(links, "first", type, asked.link(0));
            if (asked.offset() + asked.count() < found.total()) {
                link(links, "next", type, asked.link(asked.offset() + asked.count()));
            }
            if (asked.offset() > 0) {
                link(links, "previous", type, asked.link(Math.max(0, asked.offset() - asked.count())));
            }
        }
        return bundle;
    }

    private void entry(ArrayNode entries, ObjectNode resource, String mode) {
        var entry = entries.addObject().put("fullUrl", places.fhir() + Json.address(resource));
        entry.putObject("search").put("mode", mode);
        entry.set("resource", resource);
    }

    private void link(ArrayNode links, String relation, String type, String query) {
        links.addObject().put("relation", relation).put("url", places.fhir() + type + "?" + query);
    }

    private static ObjectNode reduced(ObjectNode resource, SearchAsked asked) {
        if (!asked.fields().isEmpty()) {
            var kept = new LinkedHashSet<>(asked.fields());
            kept.addAll(List.of("resourceType", "id", "meta"));
            resource.retain(kept);
        }
        if (asked.subsetted() && resource.get("meta") instanceof ObjectNode meta) {
            var tags = meta.get("tag") instanceof ArrayNode given ? given : meta.putArray("tag");
            tags.addObject().put("system", SUBSETTED_SYSTEM).put("code", "SUBSETTED");
        }
        return resource;
    }
}
