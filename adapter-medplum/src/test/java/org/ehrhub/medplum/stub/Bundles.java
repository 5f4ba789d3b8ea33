package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Batch and transaction. Without the project feature {@code transaction-bundles} a transaction is answered as one, and each
 * of its entries was done alone.
 */
final class Bundles {
    private static final Set<String> KINDS = Set.of("batch", "transaction");

    private final Archive archive;
    private final Project project;
    private final Searches searches;
    private final Jobs jobs;
    private final Function<Call, Said> router;

    /** Bundles whose entries the router answers as requests of their own. */
    Bundles(Archive archive, Project project, Searches searches, Jobs jobs, Function<Call, Said> router) {
        this.archive = archive;
        this.project = project;
        this.searches = searches;
        this.jobs = jobs;
        this.router = router;
    }

    Said answer(Call call) {
        var bundle = call.asked().json();
        if (!Json.type(bundle).equals("Bundle")) {
            throw Refused.bad("Not a bundle");
        }
        var kind = Json.text(bundle, "type");
        if (!KINDS.contains(kind)) {
            throw Refused.bad("Unrecognized bundle type: " + kind);
        }
        var atomic = kind.equals("transaction") && project.has("transaction-bundles");
        if (call.asked().prefers("respond-async")) {
            if (atomic) {
                throw Refused.bad("Transaction bundles cannot be processed asynchronously");
            }
            return jobs.batch(call, () -> done(call, bundle, kind, false));
        }
        return Said.fhir(200, done(call, bundle, kind, atomic));
    }

    private ObjectNode done(Call call, JsonNode bundle, String kind, boolean atomic) {
        var entries = Json.items(bundle.path("entry")).toList();
        return archive.alone(() -> {
            var ids = new TreeMap<Integer, String>();
            var addresses = identities(call, entries, ids);
            return atomic
                    ? archive.whole(() -> each(call, kind, entries, new Resolved(addresses, ids), true))
                    : each(call, kind, entries, new Resolved(addresses, ids), false);
        });
    }

    /**
     * What the entries' placeholders stand for.
     *
     * @param ids of the entries that create, by their place
     */
    private record Resolved(Map<String, String> addresses, Map<Integer, String> ids) {
        String text(String json) {
            var text = json;
            for (var address : addresses.entrySet()) {
                text = text.replace("\"" + address.getKey() + "\"", "\"" + address.getValue() + "\"");
            }
            return text;
        }
    }

    private Map<String, String> identities(Call call, List<JsonNode> entries, Map<Integer, String> ids) {
        var addresses = new HashMap<String, String>();
        for (int at = 0; at < entries.size(); at++) {
            var entry = entries.get(at);
            var type = Json.text(entry, "request", "url");
            if (Json.text(entry, "request", "method").equals("POST") && archive.knows(type)) {
                var unless = Json.text(entry, "request", "ifNoneExist");
                var existing = unless.isEmpty() ? List.<ObjectNode>of() : searches.matching(call, type, unless);
                var id = existing.isEmpty() ? Archive.newId() : Json.id(existing.getFirst());
                ids.put(at, id);
                addresses.put(Json.text(entry, "fullUrl"), type + "/" + id);
            }
        }
        addresses.remove("");
        return addresses;
    }

    private ObjectNode each(Call call, String kind, List<JsonNode> entries, Resolved resolved, boolean atomic) {
        var bundle = Json.resource("Bundle").put("type", kind + "-response");
        var answers = bundle.putArray("entry");
        @Nullable Refused over = null;
        for (int at = 0; at < entries.size(); at++) {
            try {
                if (over != null) {
                    throw over;
                }
                var asked = asked(call, entries.get(at), resolved);
                var entry = call.entry(asked, resolved.ids().get(at));
                answers.add(done(archive.whole(() -> router.apply(entry))));
            } catch (Refused e) {
                if (atomic) {
                    throw e;
                }
                over = e.isTooMany() ? e : over;
                var response = answers.addObject().putObject("response");
                response.set("outcome", e.outcome());
                response.put("status", Integer.toString(e.status()));
            }
        }
        return bundle;
    }

    private static ObjectNode done(Said said) {
        var entry = Json.object();
        var response = entry.putObject("response");
        response.set("outcome", said.status() == 201 ? Outcomes.created() : Outcomes.ok());
        response.put("status", Integer.toString(said.status()));
        var isJson = said.header("Content-Type")
                .filter(type -> type.contains("json"))
                .isPresent();
        if (isJson
                && said.body().length > 0
                && Json.MAPPER.readTree(said.body()) instanceof ObjectNode resource
                && !Outcomes.isOutcome(resource)) {
            if (!Json.id(resource).isEmpty()) {
                response.put("location", Json.address(resource));
            }
            entry.set("resource", resource);
        }
        return entry;
    }

    private static Asked asked(Call call, JsonNode entry, Resolved resolved) {
        var request = entry.path("request");
        var target = Json.text(request, "url").replaceFirst("^/", "").split("\\?", 2);
        var headers = new HashMap<>(call.asked().headers());
        headers.keySet().removeIf(name -> !name.toLowerCase(Locale.ROOT).startsWith("x-medplum"));
        given(headers, "If-Match", Json.text(request, "ifMatch"));
        given(headers, "If-None-Exist", Json.text(request, "ifNoneExist"));
        given(headers, "Content-Type", "application/fhir+json");
        var method = Json.text(request, "method");
        var body = resolved.text(Json.MAPPER.writeValueAsString(entry.path("resource")));
        if (method.equals("PATCH")) {
            body = new String(Base64.getDecoder().decode(Json.text(entry, "resource", "data")), StandardCharsets.UTF_8);
        }
        return new Asked(
                method,
                "/" + target[0],
                target.length > 1 ? target[1] : "",
                headers,
                body.getBytes(StandardCharsets.UTF_8));
    }

    private static void given(Map<String, List<String>> headers, String name, String value) {
        if (!value.isEmpty()) {
            headers.put(name, List.of(value));
        }
    }
}
