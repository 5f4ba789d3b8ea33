package org.ehrhub.fhir.resources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.WriteKeys;
import org.ehrhub.tools.fhir.FhirWrite.Change;
import org.hl7.fhir.r4.model.Resource;

/** A JSON Patch (RFC 6902) of a caller, whose changes leave alone what a record is and whose it is. */
final class PatchDocument {
    private static final Set<String> KEPT =
            Set.of("id", "resourceType", "meta", "text", "contained", "implicitRules", "modifierExtension");
    private static final Pattern NAME = Pattern.compile("_?[a-z][A-Za-z0-9]*");
    private static final String MARKUP = "div";
    private static final String REFERENCE = "reference";

    private final ArrayNode changes = CallerJson.list();
    private final List<List<String>> patients;
    private final OwnReferences own;

    PatchDocument(String type, OwnReferences own) {
        this.patients = PatientOf.elements(type);
        this.own = own;
    }

    /**
     * Adds a change of the caller's.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when its place or its value is not one that may be changed
     */
    void add(Change change) {
        var steps = Stream.of(change.path().substring(1).split("/", -1))
                .filter(step -> !step.matches("\\d+|-"))
                .toList();
        if (steps.isEmpty()
                || !steps.stream().allMatch(step -> NAME.matcher(step).matches())
                || KEPT.contains(steps.getFirst())
                || steps.contains(MARKUP)
                || patients.stream().anyMatch(place -> meet(place, steps))) {
            throw Refused.of(
                    "patch",
                    "changes what must stay: whose record it is, its id, type or meta, its narrative, or what it contains.",
                    "Update the record as a whole, or create a new one.");
        }
        var written = changes.addObject().put("op", change.op()).put("path", change.path());
        if (change.value() != null) {
            written.set("value", value(change.value(), steps.getLast()));
        }
    }

    /** Adds the hub's key, where the record has room for it. */
    void addKey(Resource current, String key) {
        if (KeyPlace.in(current) != KeyPlace.MANY) {
            return;
        }
        boolean first = Elements.of(current, "identifier").isEmpty();
        var held = WriteKeys.identifier(key);
        var change = changes.addObject().put("op", "add").put("path", first ? "/identifier" : "/identifier/-");
        var identifier = first ? change.putArray("value").addObject() : change.putObject("value");
        identifier.put("system", held.getSystem()).put("value", held.getValue());
    }

    /** The elements that it changes. */
    Set<String> changed() {
        var names = new TreeSet<String>();
        for (var change : changes) {
            if (!change.path("op").asText().equals("test")) {
                names.add(change.path("path")
                        .asText()
                        .substring(1)
                        .split("/", 2)[0]
                        .replaceFirst("^_", ""));
            }
        }
        return names;
    }

    /** The patch as it is sent. */
    String text() {
        return changes.toString();
    }

    /** Whether one place is in the other. */
    private static boolean meet(List<String> place, List<String> steps) {
        int shared = Math.min(place.size(), steps.size());
        return place.subList(0, shared).equals(steps.subList(0, shared));
    }

    private JsonNode value(String written, String place) {
        var tree = CallerJson.tree(written, "patch");
        if (place.equals(REFERENCE) && tree.isTextual()) {
            return TextNode.valueOf(own.inRecord(tree.textValue(), Set.of()));
        }
        var left = new ArrayDeque<JsonNode>(List.of(tree));
        while (!left.isEmpty()) {
            var node = left.pop();
            if (node instanceof ObjectNode object) {
                check(object);
            }
            node.forEach(left::push);
        }
        return tree;
    }

    private void check(ObjectNode object) {
        if (object.has(MARKUP)) {
            throw Refused.of("patch", "holds narrative.", "Leave it out; the hub writes data only, never markup.");
        }
        if (object.path(REFERENCE).isTextual()) {
            object.put(REFERENCE, own.inRecord(object.path(REFERENCE).textValue(), Set.of()));
        }
    }
}
