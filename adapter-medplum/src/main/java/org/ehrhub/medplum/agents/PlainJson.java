package org.ehrhub.medplum.agents;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.ehrhub.fhir.client.OwnAnswer;

/** Bodies of Medplum's own requests and answers, as JSON that is not FHIR as FHIR R4 knows it. */
public final class PlainJson {
    /** The media type. */
    public static final String TYPE = "application/json";

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private PlainJson() {}

    /** An object without fields. */
    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The text of an answer. */
    public static String text(OwnAnswer answer) {
        return new String(answer.content().bytes(), StandardCharsets.UTF_8);
    }

    /** An answer as JSON; missing where it is none. */
    public static JsonNode read(OwnAnswer answer) {
        return read(text(answer));
    }

    /** A text as JSON; missing where it is none. */
    public static JsonNode read(String text) {
        try {
            var read = MAPPER.readTree(text);
            return read == null ? MissingNode.getInstance() : read;
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance(); // whoever asks knows what that means
        }
    }

    /** Whether this is a resource of a type. */
    public static boolean is(JsonNode json, String resourceType) {
        return json.path("resourceType").asText().equals(resourceType);
    }

    /**
     * The words of an OperationOutcome, to be compared and never shown; empty where it has none.
     */
    public static String words(JsonNode outcome) {
        return is(outcome, "OperationOutcome")
                ? outcome.path("issue").path(0).path("details").path("text").asText()
                : "";
    }

    /** A part of a Parameters resource by its name; missing where it has none. */
    public static JsonNode parameter(JsonNode parameters, String name) {
        for (var parameter : parameters.path("parameter")) {
            if (parameter.path("name").asText().equals(name)) {
                return parameter;
            }
        }
        return MissingNode.getInstance();
    }
}
