package org.ehrhub.server.adversarial;

import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Texts that stand for a patient's, each field with a marker of its own, all of them with one word in them. */
final class Marks {
    /** In every marker. */
    static final String WORD = "zmark";

    /** The markers that were put somewhere. */
    static final Set<String> USED = new ConcurrentSkipListSet<>();

    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> TEXTS = Set.of(
            "family",
            "given",
            "prefix",
            "text",
            "line",
            "city",
            "district",
            "state",
            "postalCode",
            "display",
            "title",
            "description",
            "comment",
            "valueString",
            "contentString",
            "patientInstruction",
            "value",
            "name",
            "alias",
            "conclusion",
            "lotNumber",
            "subscriberId",
            "preAuthRef",
            "disposition",
            "dependent",
            "data",
            "diagnostics",
            "authorString",
            "reasonReference",
            "instruction",
            "definition",
            "note",
            "payload",
            "summary",
            "network");
    private static final Set<String> CLINICAL_CODES = Set.of("snomed", "icd", "rxnorm", "cvx");

    private Marks() {}

    /** A marker of its own. */
    static String of(String field) {
        var marker = WORD + "-" + field.toLowerCase(Locale.ROOT);
        USED.add(marker);
        return marker;
    }

    /** FHIR JSON with markers in the place of its texts. */
    static String mark(String json) {
        var tree = JSON.readTree(json);
        walk(null, tree);
        return tree.toString();
    }

    private static JsonNode walk(@Nullable String field, JsonNode node) {
        switch (node) {
            case ObjectNode object ->
                object.propertyNames().stream().toList().forEach(name -> object.set(name, inside(object, name)));
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, walk(field, array.get(i)));
                }
            }
            default -> {
                return node.isString() && field != null && TEXTS.contains(field)
                        ? JsonNodeFactory.instance.stringNode(of(field))
                        : node;
            }
        }
        return node;
    }

    private static JsonNode inside(ObjectNode object, String name) {
        var value = object.get(name);
        if (name.equals("div") && value.isString()) {
            return JsonNodeFactory.instance.stringNode(
                    "<div xmlns=\"http://www.w3.org/1999/xhtml\">" + of("div") + "</div>");
        }
        var clinical = name.equals("code")
                && value.isString()
                && CLINICAL_CODES.stream()
                        .anyMatch(system -> object.path("system").asString("").contains(system));
        return clinical ? JsonNodeFactory.instance.stringNode(of("code")) : walk(name, value);
    }

    /** Every text of some arguments replaced by a marker that has the argument's name. */
    static JsonNode inPlaceOfTexts(String field, JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                object.propertyNames().stream()
                        .toList()
                        .forEach(name -> object.set(name, inPlaceOfTexts(name, object.get(name))));
                yield object;
            }
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    array.set(i, inPlaceOfTexts(field, array.get(i)));
                }
                yield array;
            }
            default -> node.isString() ? JsonNodeFactory.instance.stringNode(of("arg-" + field)) : node;
        };
    }
}
