package org.ehrhub.routes;

import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.support.DefaultExchange;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

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
    public ToolResult<?> send(String ehr, CanonicalTool<?, ?> tool, Record input, CallContext context) {
        var exchange = new DefaultExchange(camel);
        exchange.getMessage().setBody(input);
        exchange.getMessage().setHeader(EhrComponent.EHR, ehr);
        exchange.setProperty(ToolComponent.CALL, context);
        composites
                .find(tool)
                .ifPresentOrElse(route -> run(route, exchange), () -> template.send("ehr:" + tool.name(), exchange));
        if (exchange.getException() == null && exchange.getMessage().getBody() instanceof ToolResult<?> result) {
            return result;
        }
        Faults.log(context, exchange.getException());
        return ToolResult.failed(ErrorCode.INTERNAL, "The hub could not make sense of the result", Faults.HINT);
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
