package org.ehrhub.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;

/**
 * The path of every call, from its arrival at {@code tool:} to its answer. Each step is a class of
 * {@link org.ehrhub.routes.steps}; a step that refuses ends the call, and even then it is settled, audited and answered.
 */
public final class ToolCallRoute extends RouteBuilder {
    static final String ENTRY = "direct:tool-call";

    private final ToolCallSteps steps;

    /** A route of these steps. */
    public ToolCallRoute(ToolCallSteps steps) {
        this.steps = steps;
    }

    @Override
    public void configure() {
        from(ENTRY)
                .routeId("tool-call")
                .errorHandler(noErrorHandler())
                .doTry()
                .process(step(steps.validateInput()))
                .process(step(steps.resolveEhrs()))
                .process(step(steps.authorise()))
                .process(step(steps.requireApproval()))
                .process(step(steps.checkLedger()))
                .process(step(steps.auditIntent()))
                .process(step(steps.callEhrs()))
                .process(step(steps.readBack()))
                .process(step(steps.minimiseFields()))
                .doCatch(Exception.class)
                .process(ToolCallRoute::fail)
                .end()
                .doTry()
                .process(step(steps.settleLedger()))
                .process(step(steps.boundAnswer()))
                .process(step(steps.auditOutcome()))
                .doCatch(Exception.class)
                .process(ToolCallRoute::fail)
                .process(step(steps.boundAnswer()))
                .end()
                .process(ToolCallRoute::answer);
    }

    private static Processor step(CallStep step) {
        return exchange -> step.apply(exchange.getMessage().getBody(ToolCall.class));
    }

    private static void fail(Exchange exchange) {
        var call = exchange.getMessage().getBody(ToolCall.class);
        var cause = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        call.failure(
                switch (cause) {
                    case CallRefused refused -> refused.result();
                    case EhrFailure failure -> failure.result();
                    default -> {
                        Faults.log(call.context(), cause);
                        yield ToolResult.failed(ErrorCode.INTERNAL, "The hub met a fault", Faults.HINT);
                    }
                });
    }

    private static void answer(Exchange exchange) {
        var call = exchange.getMessage().getBody(ToolCall.class);
        exchange.setProperty(ToolComponent.ANSWER, call.answer());
        exchange.getMessage().setBody(call.outcome());
    }
}
