package org.ehrhub.fhir.resources;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.hl7.fhir.r4.model.Binary;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Bundle.BundleEntryRequestComponent;
import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** One entry of a caller's transaction: a create of a type, or a change of one record under the version the caller saw. */
final class TransactionEntry {
    private static final Pattern PLACE =
            Pattern.compile("([A-Z][A-Za-z]{0,63})(?:/((?!\\.{1,2}$)[A-Za-z0-9.-]{1,64}))?");
    private static final Pattern VERSION = Pattern.compile("W/\"[A-Za-z0-9.-]{1,64}\"");
    private static final String JSON_PATCH = "application/json-patch+json";

    private final FhirServer server;
    private final QueryTypes types = QueryTypes.written();
    private final CallerResources resources;

    TransactionEntry(FhirServer server) {
        this.server = server;
        this.resources = new CallerResources(server, "bundle");
    }

    /** The type that an entry writes. */
    static String type(BundleEntryComponent entry) {
        return entry.getRequest().getUrl().split("/", 2)[0];
    }

    /**
     * Looks an entry through, and makes its references relative.
     *
     * @param together the temporary addresses of the transaction's own records
     */
    void of(BundleEntryComponent entry, Set<String> together) {
        var request = entry.getRequest();
        var place = PLACE.matcher(String.valueOf(request.getUrl()));
        if (!request.hasMethod() || !place.matches() || entry.hasSearch() || entry.hasResponse() || entry.hasLink()) {
            throw refused();
        }
        var type = types.checked(place.group(1), "bundle");
        @Nullable String id = place.group(2);
        if (request.getMethod() == HTTPVerb.POST) {
            create(entry, type, id, together);
            return;
        }
        mustNameOne(entry, id);
        switch (request.getMethod()) {
            case PUT -> {
                resources.checked(present(entry), type, id, together).setId(id);
            }
            case PATCH -> patch(present(entry), type);
            case DELETE -> {
                if (entry.hasResource()) {
                    throw refused();
                }
            }
            default -> throw refused();
        }
    }

    private void create(BundleEntryComponent entry, String type, @Nullable String id, Set<String> together) {
        var request = entry.getRequest();
        boolean temporary = !entry.hasFullUrl() || together.contains(entry.getFullUrl());
        if (id != null || !temporary || request.hasIfMatch() || hasOtherConditions(request)) {
            throw refused();
        }
        var resource = present(entry);
        if (entry.hasFullUrl() && entry.getFullUrl().equals(resource.getId())) {
            resource.setId((String) null); // HAPI keeps the temporary address there
        }
        resources.checked(resource, type, null, together);
        if (request.hasIfNoneExist()) {
            var unless = Unless.parse(request.getIfNoneExist(), "bundle");
            request.setIfNoneExist(unless.search(type).condition());
        }
    }

    private void mustNameOne(BundleEntryComponent entry, @Nullable String id) {
        var request = entry.getRequest();
        var url = request.getUrl();
        boolean own = !entry.hasFullUrl()
                || entry.getFullUrl().equals(url)
                || entry.getFullUrl().equals(server.base() + "/" + url);
        if (id == null || !own || request.hasIfNoneExist() || hasOtherConditions(request)) {
            throw refused();
        }
        if (!VERSION.matcher(String.valueOf(request.getIfMatch())).matches()) {
            throw Refused.of(
                    "bundle",
                    "changes a record without saying which version of it.",
                    "Give each PUT, PATCH and DELETE an ifMatch such as W/\"3\".");
        }
    }

    private void patch(Resource resource, String type) {
        if (!(resource instanceof Binary binary) || !JSON_PATCH.equals(binary.getContentType()) || !binary.hasData()) {
            throw Refused.of(
                    "bundle", "has a PATCH that is not a Binary of " + JSON_PATCH + ".", "Write the change so.");
        }
        var patch = new PatchDocument(type, new OwnReferences(server, "bundle"));
        for (var change : changes(new String(binary.getData(), StandardCharsets.UTF_8))) {
            var value = change.get("value");
            patch.add(new Change(
                    change.path("op").asText(), change.path("path").asText(), value == null ? null : value.toString()));
        }
        binary.setData(patch.text().getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode changes(String json) {
        var tree = CallerJson.tree(json, "bundle");
        if (!tree.isArray() || tree.isEmpty()) {
            throw refused();
        }
        return tree;
    }

    private static Resource present(BundleEntryComponent entry) {
        if (!entry.hasResource()) {
            throw refused();
        }
        return entry.getResource();
    }

    private static boolean hasOtherConditions(BundleEntryRequestComponent request) {
        return request.hasIfNoneMatch() || request.hasIfModifiedSince();
    }

    private static EhrFailure refused() {
        return Refused.of(
                "bundle",
                "has an entry that is not a create of a type, or an update, patch or delete of one record.",
                "Use POST with Type, or PUT, PATCH and DELETE with Type/id; no GET, no search, no operation, no address.");
    }
}
