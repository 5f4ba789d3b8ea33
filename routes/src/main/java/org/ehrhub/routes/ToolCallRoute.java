package org.ehrhub.routes;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.adapters.EhrFailure;
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
                .process(ToolCallRoute::holdBackInterrupt)
                .doTry()
                .process(step(steps.validateInput()))
                .process(step(steps.resolveEhrs()))
                .process(step(steps.authorise()))
                .process(step(steps.breakGlass()))
                .process(step(steps.guardCharts()))
                .process(step(steps.checkLedger()))
                .process(step(steps.requireApproval()))
                .process(step(steps.spendAllowance()))
                .process(step(steps.auditIntent()))
                .process(step(steps.callEhrs()))
                .process(step(steps.readBack()))
                .process(step(steps.guardRows()))
                .process(step(steps.withholdSensitive()))
                .process(step(steps.minimiseFields()))
                .doCatch(Exception.class)
                .process(ToolCallRoute::fail)
                .end()
                .process(always(steps.settleLedger()))
                .process(always(steps.boundAnswer()))
                .process(always(steps.settleAllowance()))
                .process(always(steps.auditOutcome()))
                .process(always(steps.tellWatch()))
                .process(ToolCallRoute::answer);
    }

    private static Processor step(CallStep step) {
        return exchange -> step.apply(exchange.getMessage().getBody(ToolCall.class));
    }

    /** Ledger and trail may be files, and the JDK closes a file that an interrupted thread writes. */
    private static void holdBackInterrupt(Exchange exchange) {
        if (Thread.interrupted()) {
            exchange.getMessage().getBody(ToolCall.class).interrupted(true);
        }
    }

    /** A step that every call takes, whatever happened to it before; one that fails makes the answer a failure. */
    private Processor always(CallStep step) {
        return exchange -> {
            var call = exchange.getMessage().getBody(ToolCall.class);
            try {
                step.apply(call);
            } catch (RuntimeException e) {
                call.failure(failure(call, e));
                steps.boundAnswer().apply(call);
            }
        };
    }

    private static void fail(Exchange exchange) {
        var call = exchange.getMessage().getBody(ToolCall.class);
        call.failure(failure(call, exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)));
    }

    private static ToolResult.Failed<?> failure(ToolCall call, Exception cause) {
        return switch (cause) {
            case CallRefused refused -> refused.result();
            case EhrFailure failure -> failure.result();
            default -> Faults.failure(call.context(), call.mayHaveWritten(), cause);
        };
    }

    private static void answer(Exchange exchange) {
        var call = exchange.getMessage().getBody(ToolCall.class);
        exchange.setProperty(ToolComponent.ANSWER, call.answer());
        exchange.getMessage().setBody(call.outcome());
        if (call.interrupted()) {
            Thread.currentThread().interrupt();
        }
    }
}
