package org.ehrhub.medplum.stub;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Read, version read and history of one resource. */
final class Reading {
    private static final int HISTORY = 10;

    private final Archive archive;
    private final Searches searches;
    private final View view;
    private final Storage storage;
    private final Places places;

    Reading(Archive archive, Searches searches, View view, Storage storage, Places places) {
        this.archive = archive;
        this.searches = searches;
        this.view = view;
        this.storage = storage;
        this.places = places;
    }

    Said read(Call call, String type, String id) {
        if (type.equals("Binary")) {
            return binary(call, id);
        }
        call.charge(1);
        var kept = visible(call, type, id, "read");
        var current = call.asked().header("If-None-Match").filter(kept.etag()::equals);
        var said = said(200, kept, call);
        return current.isPresent() ? versioned(new Said(304, Map.of(), new byte[0]), kept) : said;
    }

    Said version(Call call, String type, String id, String version) {
        call.charge(1);
        visible(call, type, id, "read");
        return archive.history(type, id).stream()
                .filter(kept -> kept.version().equals(version))
                .findFirst()
                .map(kept -> said(200, kept, call))
                .orElseThrow(Refused::notFound);
    }

    Said history(Call call, String type, String id) {
        call.charge(HISTORY);
        Rights.of(call.session()).need("read", type);
        var versions = archive.history(type, id);
        if (versions.isEmpty()) {
            throw Refused.notFound();
        }
        var bundle = Json.resource("Bundle").put("type", "history");
        var entries = bundle.putArray("entry");
        var from = call.asked().parameter("_offset").map(Integer::parseInt).orElse(0);
        var count = call.asked().parameter("_count").map(Integer::parseInt).orElse(versions.size());
        versions.stream()
                .skip(from)
                .limit(count)
                .map(kept -> entry(call, type + "/" + id, kept))
                .forEach(entries::add);
        return Said.fhir(200, bundle);
    }

    /** The newest version as the caller may see it; 404 where it may not, 410 where it was deleted. */
    Kept visible(Call call, String type, String id, String action) {
        if (!archive.knows(type)) {
            throw Refused.notFound();
        }
        Rights.of(call.session()).need(action, type);
        var kept = archive.newest(type, id).orElseThrow(Refused::notFound);
        if (!kept.deleted() && !searches.fits(call, kept.resource())) {
            throw Refused.notFound();
        }
        kept.resource();
        return kept;
    }

    /** A version with its headers. */
    Said said(int status, Kept kept, Call call) {
        return versioned(Said.fhir(status, view.of(kept.resource(), call)), kept);
    }

    View view() {
        return view;
    }

    ObjectNode shown(Kept kept, Call call) {
        return view.of(kept.resource(), call);
    }

    /** The address of a resource, without a version. */
    String place(JsonNode resource) {
        return places.fhir() + Json.address(resource);
    }

    private static Said versioned(Said said, Kept kept) {
        return said.with("ETag", kept.etag()).with("Last-Modified", kept.lastModified());
    }

    private Said binary(Call call, String id) {
        var kept = visible(call, "Binary", id, "read");
        var fhir = call.asked().header("Accept").filter(accept -> accept.contains("fhir+json"));
        return fhir.isPresent() ? said(200, kept, call) : versioned(storage.raw(id), kept);
    }

    private ObjectNode entry(Call call, String address, Kept kept) {
        var entry = Json.object().put("fullUrl", places.fhir() + address);
        entry.putObject("request").put("method", "GET").put("url", address + "/_history/" + kept.version());
        var response = entry.putObject("response").put("status", kept.deleted() ? "410" : "200");
        response.set(
                "outcome",
                kept.deleted()
                        ? Outcomes.error("gone", "deleted", "Deleted on " + kept.lastModified())
                        : Outcomes.ok());
        if (!kept.deleted()) {
            entry.set("resource", view.of(kept.resource(), call));
        }
        return entry;
    }
}
