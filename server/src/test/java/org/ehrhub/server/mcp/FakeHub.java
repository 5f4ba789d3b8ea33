package org.ehrhub.server.mcp;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.TraceContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A hub that answers each call as it is told and remembers what it was asked. */
final class FakeHub implements ToolCaller {
    static final JsonMapper JSON = JsonMapper.builder().build();

    record Call(String tool, JsonNode arguments, Caller caller, TraceContext from) {}

    final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    volatile Function<Call, ToolAnswer> behaviour = call -> ok("{\"items\":[]}");
    volatile List<String> hidden = List.of();

    static ToolAnswer ok(String json) {
        return new ToolAnswer(false, JSON.readValue(json, tools.jackson.databind.node.ObjectNode.class), json);
    }

    static ToolAnswer failed(String json) {
        return new ToolAnswer(true, JSON.readValue(json, tools.jackson.databind.node.ObjectNode.class), json);
    }

    Call lastCall() {
        return calls.stream().reduce((first, second) -> second).orElseThrow();
    }

    @Override
    public ToolCatalog catalog() {
        return ToolCatalog.canonical();
    }

    @Override
    public List<CanonicalTool<?, ?>> toolsOf(Caller caller) {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> !hidden.contains(tool.name()))
                .toList();
    }

    @Override
    public ToolAnswer call(String toolName, JsonNode arguments, Caller caller, TraceContext from) {
        var call = new Call(toolName, arguments, caller, from);
        calls.add(call);
        return behaviour.apply(call);
    }
}
