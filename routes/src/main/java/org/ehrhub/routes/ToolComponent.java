package org.ehrhub.routes;

import java.util.Arrays;
import java.util.List;
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
import org.ehrhub.routes.CompositeTools.Composite;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;

/**
 * The Camel component {@code tool:}. {@code to("tool:patient.get")} calls a canonical tool by way of
 * {@link ToolCallRoute}; {@code from("tool:intake.sync?needs=patient.search,patient.create")} publishes a route as what a
 * tool does, offered where those it needs are. Body: the input record, or
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

    /** The exchange property that holds the composite tool whose route is running. */
    static final String WITHIN = "ehrhub.within";

    /** The exchange property that holds what the calls of a composite's route are held to. */
    static final String HELD = "ehrhub.held";

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
        var needs = parameters.remove("needs");
        return new ToolEndpoint(uri, this, tool, needs == null ? List.of() : needed(uri, needs.toString()));
    }

    private List<CanonicalTool<?, ?>> needed(String uri, String names) {
        return Arrays.stream(names.split(","))
                .<CanonicalTool<?, ?>>map(name -> catalog.find(name)
                        .orElseThrow(() -> new IllegalArgumentException(uri + " needs no tool of the catalogue")))
                .toList();
    }

    private final class ToolEndpoint extends DefaultEndpoint {
        private final CanonicalTool<?, ?> tool;
        private final List<CanonicalTool<?, ?>> needs;

        ToolEndpoint(String uri, ToolComponent component, CanonicalTool<?, ?> tool, List<CanonicalTool<?, ?>> needs) {
            super(uri, component);
            this.tool = tool;
            this.needs = needs;
        }

        @Override
        public Producer createProducer() throws Exception {
            var route = getCamelContext().getEndpoint(ToolCallRoute.ENTRY).createProducer();
            return new ToolProducer(this, tool, route);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            return new ToolConsumer(this, tool, new Composite(processor, needs), composites);
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
            var within = exchange.getProperty(WITHIN, CanonicalTool.class);
            var call = new ToolCall(tool, message.getBody(), own(context, exchange), within);
            var held = exchange.getProperty(HELD, Held.class);
            if (held != null) {
                call.policy().held(held);
            }
            message.setBody(call);
            route.process(exchange);
        }

        /**
         * Cursor and write key belong to the call around it; an inner call gets an id of its own, so its write has its own key.
         * Who approved the composite approved its steps.
         */
        private static CallContext own(CallContext context, Exchange exchange) {
            var inner = exchange.getProperty(INNER_CALLS, AtomicInteger.class);
            return inner == null
                    ? new CallContext(context.callId(), context.caller(), context.deadline(), context.trace())
                    : new CallContext(
                                    context.callId() + "." + inner.incrementAndGet(),
                                    context.caller(),
                                    context.deadline(),
                                    context.trace().next())
                            .approved(context.approvedByOrNull());
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
        private final Composite composite;
        private final CompositeTools composites;

        ToolConsumer(Endpoint endpoint, CanonicalTool<?, ?> tool, Composite composite, CompositeTools composites) {
            super(endpoint, composite.route());
            this.tool = tool;
            this.composite = composite;
            this.composites = composites;
        }

        @Override
        protected void doStart() throws Exception {
            super.doStart();
            composites.publish(tool, composite);
        }

        @Override
        protected void doStop() throws Exception {
            composites.withdraw(tool);
            super.doStop();
        }
    }
}
