package org.ehrhub.medplum.stub;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** OperationOutcomes as Medplum words them; the HTTP status follows from their id. */
final class Outcomes {
    private static final String TRACING = "https://medplum.com/fhir/StructureDefinition/tracing";
    private static final int BAD_REQUEST = 400;
    private static final Map<String, Integer> STATUS = Map.ofEntries(
            Map.entry("ok", 200),
            Map.entry("created", 201),
            Map.entry("accepted", 202),
            Map.entry("not-modified", 304),
            Map.entry("unauthorized", 401),
            Map.entry("forbidden", 403),
            Map.entry("not-found", 404),
            Map.entry("conflict", 409),
            Map.entry("gone", 410),
            Map.entry("precondition-failed", 412),
            Map.entry("multiple-matches", 412),
            Map.entry("content-too-large", 413),
            Map.entry("unsupported-media-type", 415),
            Map.entry("business-rule", 422),
            Map.entry("too-many-requests", 429),
            Map.entry("server-timeout", 504));

    private Outcomes() {}

    static ObjectNode ok() {
        return good("ok", "All OK");
    }

    static ObjectNode created() {
        return good("created", "Created");
    }

    static ObjectNode accepted(String where) {
        var outcome = good("accepted", "Accepted");
        ((ObjectNode) outcome.path("issue").get(0)).put("diagnostics", where);
        return outcome;
    }

    private static ObjectNode good(String id, String text) {
        return one(id, "information", "informational", text);
    }

    /** An error; without an id it is a bad request. */
    static ObjectNode error(@Nullable String id, String code, String text) {
        return one(id, "error", code, text);
    }

    private static ObjectNode one(@Nullable String id, String severity, String code, String text) {
        var outcome = Json.resource("OperationOutcome");
        if (id != null) {
            outcome.put("id", id);
        }
        var issue =
                outcome.putArray("issue").addObject().put("severity", severity).put("code", code);
        issue.putObject("details").put("text", text);
        return outcome;
    }

    static boolean isOutcome(JsonNode node) {
        return Json.type(node).equals("OperationOutcome");
    }

    static boolean isError(JsonNode outcome) {
        return status(outcome) >= BAD_REQUEST;
    }

    static int status(JsonNode outcome) {
        return STATUS.getOrDefault(Json.id(outcome), BAD_REQUEST);
    }

    /** The same with the ids of the request, as nearly all answers have them. */
    static ObjectNode traced(ObjectNode outcome, Asked asked) {
        var traced = outcome.deepCopy();
        var extensions = traced.get("extension") instanceof ArrayNode given ? given : traced.putArray("extension");
        var parts = extensions.addObject().put("url", TRACING).putArray("extension");
        parts.addObject()
                .put("url", "requestId")
                .put("valueId", UUID.randomUUID().toString());
        parts.addObject().put("url", "traceId").put("valueId", traceId(asked));
        return traced;
    }

    private static String traceId(Asked asked) {
        return asked.header("traceparent")
                .or(() -> asked.header("X-Trace-Id"))
                .orElseGet(() -> UUID.randomUUID().toString());
    }
}
