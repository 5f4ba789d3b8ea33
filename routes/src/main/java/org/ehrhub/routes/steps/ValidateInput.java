package org.ehrhub.routes.steps;

import java.util.Set;
import org.ehrhub.policy.Digests;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.routes.json.ToolSchemas;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Holds the arguments to the tool's schema and then to its record; nothing is sent anywhere before this. */
public final class ValidateInput implements CallStep {
    private static final Set<String> NOT_DIGESTED = Set.of("idempotencyKey", "approvalId", "cursor");

    private final CanonicalJson json;
    private final ToolSchemas schemas;

    /** A check against these schemas. */
    public ValidateInput(CanonicalJson json, ToolSchemas schemas) {
        this.json = json;
        this.schemas = schemas;
    }

    @Override
    public void apply(ToolCall call) {
        var input = switch (call.arguments()) {
            case JsonNode arguments -> read(call, arguments);
            case Record given when call.tool().input().isInstance(given) -> given;
            case null, default -> throw invalid("The body is neither JSON nor the tool's input record", call);
        };
        call.input(input, () -> digest(call, input));
    }

    private Record read(ToolCall call, JsonNode arguments) {
        var problems = schemas.problems(call.tool(), arguments);
        if (!problems.isEmpty()) {
            throw invalid(String.join("; ", problems.subList(0, Math.min(5, problems.size()))), call);
        }
        try {
            return json.read(arguments, call.tool().input());
        } catch (InvalidArgument e) {
            throw invalid(String.valueOf(e.getMessage()), call);
        }
    }

    private String digest(ToolCall call, Record input) {
        var tree = (ObjectNode) json.wire().readTree(json.plain(input));
        tree.remove(NOT_DIGESTED);
        return Digests.sha256(call.tool().name(), tree.toString());
    }

    private static CallRefused invalid(String message, ToolCall call) {
        var arguments = String.join(", ", Arguments.names(call.tool().input()));
        return new CallRefused(
                ErrorCode.INVALID_INPUT,
                message,
                "Correct it and call again; nothing was sent to an EHR. "
                        + call.tool().name() + " takes: " + (arguments.isEmpty() ? "no arguments" : arguments) + ".");
    }
}
