package org.ehrhub.routes;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.InvalidArgument;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.approvals.ApprovalTools;
import org.ehrhub.tools.ehrs.EhrTools;

/** Has one EHR do one tool: through {@code ehr:}, or through the route that publishes the tool. */
public final class EhrCall {
    private final CamelContext camel;
    private final ProducerTemplate template;
    private final CompositeTools composites;

    /** Calls in this Camel context. */
    public EhrCall(CamelContext camel, CompositeTools composites) {
        this.camel = camel;
        this.template = camel.createProducerTemplate();
        this.composites = composites;
    }

    /** What came of it; every failure is a result. */
    public ToolResult<?> send(String ehr, ToolCall call, CallContext context) {
        var tool = call.tool();
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(call.input());
        exchange.getMessage().setHeader(EhrComponent.EHR, ehr);
        exchange.getMessage().setHeader("traceparent", context.trace().parent());
        exchange.setProperty(ToolComponent.CALL, context);
        exchange.setProperty(ToolComponent.INNER_CALLS, new AtomicInteger());
        var composite = composites.find(tool);
        if (composite.isPresent()) {
            exchange.setProperty(ToolComponent.WITHIN, tool);
            exchange.setProperty(ToolComponent.HELD, call.policy().heldWithin(ehr));
            run(composite.get().route(), exchange);
        } else {
            template.send("ehr:" + tool.name(), exchange);
        }
        if (exchange.getException() == null && exchange.getMessage().getBody() instanceof ToolResult<?> result) {
            return result;
        }
        return switch (exchange.getException()) {
            case EhrFailure failure -> failure.result();
            case InvalidArgument invalid ->
                ToolResult.failed(
                        ErrorCode.INVALID_INPUT, String.valueOf(invalid.getMessage()), "Correct it and call again.");
            case null, default -> Faults.failure(context, tool.risk() != Risk.READ, exchange.getException());
        };
    }

    /**
     * Whether the tool goes straight to its EHR: not where a route does it, whose own calls count, nor where the hub itself
     * tells how its EHRs are or where an approval stands.
     */
    public boolean asksEhr(CanonicalTool<?, ?> tool) {
        return !tool.equals(EhrTools.LIST)
                && !tool.equals(ApprovalTools.STATUS)
                && composites.find(tool).isEmpty();
    }

    @SuppressWarnings("IllegalCatch") // a Camel processor may throw anything; it becomes the exchange's failure
    private static void run(Processor route, Exchange exchange) {
        try {
            route.process(exchange);
        } catch (Exception e) {
            exchange.setException(e);
        }
    }
}
