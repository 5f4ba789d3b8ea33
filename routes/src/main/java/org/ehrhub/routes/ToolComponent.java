package org.ehrhub.routes;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;

/**
 * The Camel component {@code tool:}. {@code to("tool:patient.get")} calls a canonical tool by way of
 * {@link ToolCallRoute}; {@code from("tool:intake.sync")} publishes a route as what a tool does. Body: the input record, or
 * the arguments as JSON; property {@value #CALL}: the {@link CallContext}; result: the {@code ToolResult}, and in property
 * {@value #ANSWER} the {@link ToolAnswer}.
 */
public final class ToolComponent extends DefaultComponent {
    /** The exchange property that holds the {@link CallContext}. */
    public static final String CALL = "ehrhub.call";
    /** The exchange property that holds the {@link ToolAnswer} afterwards. */
    public static final String ANSWER = "ehrhub.answer";

    /** The exchange property by which a composite's inner calls are counted. */
    static final String INNER_CALLS = "ehrhub.inner";

    private final ToolCatalog catalog;
    private final CompositeTools composites;

    /** A component over this catalogue. */
    public ToolComponent(ToolCatalog catalog, CompositeTools composites) {
        this.catalog = catalog;
        this.composites = composites;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var tool = catalog.find(remaining)
                .orElseThrow(() -> new IllegalArgumentException(uri + " names no tool of the catalogue"));
        return new ToolEndpoint(uri, this, tool);
    }

    private final class ToolEndpoint extends DefaultEndpoint {
        private final CanonicalTool<?, ?> tool;

        ToolEndpoint(String uri, ToolComponent component, CanonicalTool<?, ?> tool) {
            super(uri, component);
            this.tool = tool;
        }

        @Override
        public Producer createProducer() throws Exception {
            var route = getCamelContext().getEndpoint(ToolCallRoute.ENTRY).createProducer();
            return new ToolProducer(this, tool, route);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new ToolConsumer(this, tool, processor, composites);
        }
    }

    private static final class ToolProducer extends DefaultProducer {
        private final CanonicalTool<?, ?> tool;
        private final Producer route;

        ToolProducer(Endpoint endpoint, CanonicalTool<?, ?> tool, Producer route) {
            super(endpoint);
            this.tool = tool;
            this.route = route;
        }

        @Override
        public void process(Exchange exchange) throws Exception {
            var context = exchange.getProperty(CALL, CallContext.class);
            if (context == null) {
                throw new IllegalArgumentException("A call of tool: carries a CallContext in property " + CALL);
            }
            var message = exchange.getMessage();
            message.setBody(new ToolCall(tool, message.getBody(), own(context, exchange)));
            route.process(exchange);
        }

        /** Cursor and write key belong to the call around it; an inner call gets an id of its own, so its write has its own key. */
        private static CallContext own(CallContext context, Exchange exchange) {
            var inner = exchange.getProperty(INNER_CALLS, AtomicInteger.class);
            var id = inner == null ? context.callId() : context.callId() + "." + inner.incrementAndGet();
            return new CallContext(id, context.caller(), context.deadline());
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            route.start();
        }

        @Override
        protected void doStop() throws Exception {
            route.stop();
            super.doStop();
        }
    }

    private static final class ToolConsumer extends DefaultConsumer {
        private final CanonicalTool<?, ?> tool;
        private final CompositeTools composites;

        ToolConsumer(Endpoint endpoint, CanonicalTool<?, ?> tool, Processor processor, CompositeTools composites) {
            super(endpoint, processor);
            this.tool = tool;
            this.composites = composites;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            composites.publish(tool, getProcessor());
        }

        @Override
        protected void doStop() throws Exception {
            composites.withdraw(tool, getProcessor());
            super.doStop();
        }
    }
}
