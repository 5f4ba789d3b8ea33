package org.ehrhub.benchmarks.size;

import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bytes of one answer, in UTF-8.
 *
 * @param question what was asked
 * @param text the text block, which some clients give the model
 * @param structured the structured content, which others give it
 * @param result the result of the JSON-RPC answer, which holds both
 * @param exchanges how often the EHR was asked for it
 * @param fhir all that the EHR answered, without white space
 * @param indented the same with white space, as many servers send it
 */
record Sizes(String question, int text, int structured, int result, int exchanges, int fhir, int indented) {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    static Sizes of(String question, JsonNode result, List<byte[]> fhir) {
        var resources = fhir.stream()
                .filter(body -> body.length > 0)
                .map(JSON::readTree)
                .toList();
        if (resources.isEmpty()) {
            throw new IllegalStateException("The EHR was not asked for " + question);
        }
        return new Sizes(
                question,
                bytes(result.path("content").path(0).path("text").asString("")),
                bytes(result.path("structuredContent").toString()),
                bytes(result.toString()),
                fhir.size(),
                resources.stream().mapToInt(one -> bytes(one.toString())).sum(),
                resources.stream().mapToInt(one -> bytes(one.toPrettyString())).sum());
    }

    List<String> row() {
        return List.of(
                question,
                Integer.toString(text),
                Integer.toString(result),
                Integer.toString(fhir),
                Integer.toString(indented),
                Integer.toString(exchanges),
                "%.2f".formatted((double) text / fhir),
                "%.2f".formatted((double) text / indented),
                "%.2f".formatted((double) result / fhir));
    }

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
