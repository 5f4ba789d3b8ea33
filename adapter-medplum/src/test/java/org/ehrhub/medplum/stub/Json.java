package org.ehrhub.medplum.stub;

import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON as the stub's parts read and write it. */
final class Json {
    static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Json() {}

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** An object out of its text, which is one. */
    static ObjectNode object(String text) {
        return (ObjectNode) MAPPER.readTree(text);
    }

    static ObjectNode resource(String type) {
        return object().put("resourceType", type);
    }

    static ObjectNode reference(String reference) {
        return object().put("reference", reference);
    }

    static ObjectNode reference(String reference, String display) {
        return reference(reference).put("display", display);
    }

    static String type(JsonNode resource) {
        return resource.path("resourceType").asString("");
    }

    static String id(JsonNode resource) {
        return resource.path("id").asString("");
    }

    /** {@code Type/id} of a resource. */
    static String address(JsonNode resource) {
        return type(resource) + "/" + id(resource);
    }

    /** A text at the end of a path of names; empty where there is none. */
    static String text(JsonNode node, String... path) {
        var at = node;
        for (var name : path) {
            at = at.path(name);
        }
        return at.asString("");
    }

    static Stream<JsonNode> items(JsonNode array) {
        return array.isArray() ? array.valueStream() : Stream.of();
    }

    static Stream<String> texts(JsonNode array) {
        return items(array).map(item -> item.asString(""));
    }

    static ObjectNode parameter(String name) {
        return object().put("name", name);
    }

    static ObjectNode parameters(ObjectNode... all) {
        var found = resource("Parameters");
        found.putArray("parameter").addAll(Stream.of(all).toList());
        return found;
    }

    /** One of the parameters of a Parameters resource; a missing node where there is none. */
    static JsonNode named(JsonNode parameters, String name) {
        return items(parameters.path("parameter"))
                .filter(parameter -> text(parameter, "name").equals(name))
                .findFirst()
                .orElseGet(() -> MAPPER.missingNode());
    }
}
