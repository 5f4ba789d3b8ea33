package org.ehrhub.medplum.stub;

import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Create, update, patch and delete of one resource, and their conditional forms. */
final class Writing {
    private static final int WRITE = 100;
    private static final int SEARCH = 20;
    private static final Pattern QUOTED = Pattern.compile("(?:W/)?\"([^\"]*)\"");

    private final Archive archive;
    private final Searches searches;
    private final Reading reading;
    private final Storage storage;
    private final Project project;

    Writing(Archive archive, Searches searches, Reading reading, Storage storage, Project project) {
        this.archive = archive;
        this.searches = searches;
        this.reading = reading;
        this.storage = storage;
        this.project = project;
    }

    Said create(Call call, String type) {
        if (type.equals("Binary") && !isBinaryResource(call.asked())) {
            return rawBinary(call);
        }
        var body = body(call, type);
        var unless = call.asked().header("If-None-Exist");
        if (unless.isPresent()) {
            var found = one(call, type, unless.get());
            if (found.isPresent()) {
                return minimal(call, reading.said(200, stored(found.get()), call));
            }
        }
        return made(call, body);
    }

    Said update(Call call, String type, String id) {
        var body = body(call, type);
        if (!Json.id(body).equals(id)) {
            throw Refused.bad("Incorrect resource ID");
        }
        return replaced(call, id, body);
    }

    Said conditionalUpdate(Call call, String type) {
        var body = body(call, type);
        var found = one(call, type, call.asked().query());
        if (found.isEmpty()) {
            return made(call, body);
        }
        body.put("id", Json.id(found.get()));
        return replaced(call, Json.id(body), body);
    }

    Said patch(Call call, String type, String id) {
        var patch = JsonPatch.of(call.asked().json());
        return patched(call, type, id, patch);
    }

    Said conditionalPatch(Call call, String type) {
        var patch = JsonPatch.of(call.asked().json());
        var found = one(call, type, call.asked().query()).orElseThrow(Refused::notFound);
        return patched(call, type, Json.id(found), patch);
    }

    Said delete(Call call, String type, String id) {
        call.charge(WRITE);
        var kept = archive.newest(type, id).orElseThrow(Refused::notFound);
        if (!kept.deleted()) {
            reading.visible(call, type, id, "delete");
            archive.delete(type, id);
        }
        return Said.outcome(Outcomes.ok(), call.asked());
    }

    Said conditionalDelete(Call call, String type) {
        var found = one(call, type, call.asked().query());
        return found.isEmpty() ? Said.outcome(Outcomes.ok(), call.asked()) : delete(call, type, Json.id(found.get()));
    }

    /** Says nothing of a resource but its structure. */
    Said validate(Call call, String type) {
        Validation.check(archive.fhir(), body(call, type));
        return Said.outcome(Outcomes.ok(), call.asked());
    }

    /** Stores a new resource as its caller's, with the rights of the caller looked at. */
    Kept add(Call call, ObjectNode body) {
        var type = Json.type(body);
        call.charge(WRITE);
        Rights.of(call.session()).need("create", type);
        Validation.check(archive.fhir(), body);
        call.creating();
        body.put("id", call.assigned().orElseGet(Archive::newId));
        return kept(call, body);
    }

    /** Stores the next version of a resource. */
    Kept next(Call call, ObjectNode body) {
        Validation.check(archive.fhir(), body);
        return kept(call, body);
    }

    private Kept kept(Call call, ObjectNode body) {
        storage.unsign(body);
        View.author(body, call.session(), project);
        var kept = archive.put(body);
        if (!searches.fits(call, body)) {
            throw Refused.forbidden();
        }
        return kept;
    }

    private Said made(Call call, ObjectNode body) {
        var data = Json.type(body).equals("Binary") ? body.remove("data") : null;
        var kept = add(call, body);
        if (data != null) {
            storage.keep(Json.id(body), Json.text(body, "contentType"), data.asString(""));
        }
        return minimal(call, located(reading.said(201, kept, call), body));
    }

    private Said replaced(Call call, String id, ObjectNode body) {
        call.charge(WRITE);
        var type = Json.type(body);
        var now = archive.newest(type, id).orElseThrow(Refused::notFound);
        if (now.deleted()) {
            Rights.of(call.session()).need("update", type);
        } else {
            reading.visible(call, type, id, "update");
        }
        match(call, now);
        if (!now.deleted()) {
            keepFields(call, now.resource(), body);
            storage.unsign(body);
            if (View.plain(body).equals(View.plain(now.resource()))) {
                return minimal(call, reading.said(200, now, call));
            }
        }
        return minimal(call, reading.said(200, next(call, body), call));
    }

    private Said patched(Call call, String type, String id, JsonPatch patch) {
        call.charge(WRITE);
        var now = reading.visible(call, type, id, "update");
        var body = patch.applied(now.resource());
        body.put("resourceType", type).put("id", id);
        keepFields(call, now.resource(), body);
        return minimal(
                call,
                reading.said(200, View.plain(body).equals(View.plain(now.resource())) ? now : next(call, body), call));
    }

    private static void match(Call call, Kept now) {
        var given = QUOTED.matcher(call.asked().header("If-Match").orElse(""));
        if (given.matches() && !given.group(1).equals(now.version())) {
            throw Refused.stale();
        }
    }

    /** What the caller may not change, and what it cannot see, stays as it was. */
    private static void keepFields(Call call, ObjectNode now, ObjectNode body) {
        var rights = Rights.of(call.session());
        for (var field : rights.readonlyFields(Json.type(now))) {
            body.remove(field);
            now.optional(field).ifPresent(value -> body.set(field, value));
        }
        for (var field : rights.hiddenFields(Json.type(now))) {
            now.optional(field).ifPresent(value -> body.set(field, value));
        }
    }

    private Optional<ObjectNode> one(Call call, String type, String query) {
        call.charge(SEARCH);
        var found = searches.matching(call, type, query);
        if (found.size() > 1) {
            throw Refused.severalMatches();
        }
        return found.stream().findFirst();
    }

    private Kept stored(ObjectNode found) {
        return archive.newest(Json.type(found), Json.id(found)).orElseThrow(Refused::notFound);
    }

    private Said located(Said said, JsonNode body) {
        return said.with("Location", reading.place(body));
    }

    private static Said minimal(Call call, Said said) {
        return call.asked().prefers("return=minimal") ? said.withoutBody() : said;
    }

    private ObjectNode body(Call call, String type) {
        var body = call.asked().json();
        var found = Json.type(body).isEmpty() ? "<EMPTY>" : Json.type(body);
        if (!found.equals(type)) {
            throw Refused.bad("Incorrect resource type: expected " + type + ", but found " + found);
        }
        if (!archive.knows(type)) {
            throw Refused.unknownType();
        }
        return (ObjectNode) body;
    }

    private static boolean isBinaryResource(Asked asked) {
        return asked.isJson() && Json.type(asked.json()).equals("Binary");
    }

    private Said rawBinary(Call call) {
        Rights.of(call.session()).need("create", "Binary");
        var type = call.asked().contentType();
        var body = Json.resource("Binary").put("id", Archive.newId()).put("contentType", type);
        storage.keep(Json.id(body), type, Storage.base64(call.asked().body()));
        var kept = kept(call, body);
        var shown = reading.shown(kept, call).put("url", storage.address(Json.id(body)));
        return located(
                Said.fhir(201, shown).with("ETag", kept.etag()).with("Last-Modified", kept.lastModified()), body);
    }
}
