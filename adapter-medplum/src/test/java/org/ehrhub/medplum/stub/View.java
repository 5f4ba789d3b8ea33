package org.ehrhub.medplum.stub;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** A stored resource as one caller sees it. */
final class View {
    private static final List<String> EXTENDED = List.of("author", "onBehalfOf", "project", "compartment");

    private final Storage storage;

    View(Storage storage) {
        this.storage = storage;
    }

    /** Without the fields hidden from the caller, with presigned addresses, and with all of meta only where asked for. */
    ObjectNode of(ObjectNode document, Call call) {
        var shown = document.deepCopy();
        if (call.asked().header("X-Medplum").filter("extended"::equals).isEmpty()
                && shown.get("meta") instanceof ObjectNode meta) {
            meta.remove(EXTENDED);
        }
        shown.remove(Rights.of(call.session()).hiddenFields(Json.type(shown)));
        if (!Json.type(shown).equals("Binary")) {
            storage.sign(shown);
        }
        return shown;
    }

    /** Writes into meta who made the next version. */
    static void author(ObjectNode document, Session session, Project project) {
        var meta = document.get("meta") instanceof ObjectNode given ? given : document.putObject("meta");
        meta.set("author", session.account().member().reference());
        meta.put("project", project.id());
        meta.putArray("compartment").add(Json.reference("Project/" + project.id()));
        if (session.onBehalf()) {
            meta.set("onBehalfOf", session.acting().reference());
        } else {
            meta.remove("onBehalfOf");
        }
    }

    /** A resource without what Medplum itself writes into meta. */
    static ObjectNode plain(ObjectNode document) {
        var plain = document.deepCopy();
        if (plain.get("meta") instanceof ObjectNode meta) {
            meta.remove(EXTENDED);
            meta.remove(List.of("versionId", "lastUpdated"));
            if (meta.isEmpty()) {
                plain.remove("meta");
            }
        }
        return plain;
    }
}
