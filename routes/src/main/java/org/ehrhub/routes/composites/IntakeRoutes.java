package org.ehrhub.routes.composites;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;
import org.apache.camel.Processor;
import org.apache.camel.builder.RouteBuilder;
import org.ehrhub.routes.EhrComponent;
import org.ehrhub.routes.ToolComponent;
import org.ehrhub.routes.composites.Intaking.Step;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.intake.IntakeSync;

/**
 * {@code intake.sync}: find or register the patient, record the insurance, book the time, store the answers. Each step is a
 * tool of its own, with its own policy, ledger and audit; a step that fails has the steps before it taken back.
 */
public final class IntakeRoutes extends RouteBuilder {
    private static final String STATE = "ehrhub.intaking";

    private final ToolCheck check;

    /** Whether a caller may use a tool on an EHR that supports it. */
    @FunctionalInterface
    public interface ToolCheck {
        /** Whether the caller can. */
        boolean canUse(CallContext call, String tool, String ehr);
    }

    /** A route that starts only what can be finished. */
    public IntakeRoutes(ToolCheck check) {
        this.check = check;
    }

    @Override
    public void configure() {
        from("tool:intake.sync?needs=patient.search,patient.create,patient.update")
                .routeId("intake-sync")
                .process(this::begin)
                .process(input(Step.FIND))
                .to("tool:patient.search")
                .process(result(Step.FIND))
                .filter(wants(Step.REGISTER))
                .process(input(Step.REGISTER))
                .to("tool:patient.create")
                .process(result(Step.REGISTER))
                .end()
                .filter(wants(Step.COVERAGE))
                .process(input(Step.COVERAGE))
                .to("tool:coverage.record")
                .process(result(Step.COVERAGE))
                .end()
                .filter(wants(Step.BOOKING))
                .process(input(Step.BOOKING))
                .to("tool:appointment.create")
                .process(result(Step.BOOKING))
                .end()
                .filter(wants(Step.ANSWERS))
                .process(input(Step.ANSWERS))
                .to("tool:questionnaire.submit")
                .process(result(Step.ANSWERS))
                .end()
                .loopDoWhile(exchange -> state(exchange).mustTakeBack())
                .process(IntakeRoutes::takeBack)
                .toD("tool:${exchangeProperty.ehrhubStep}")
                .process(exchange ->
                        state(exchange).takenBack(exchange.getMessage().getBody(ToolResult.class)))
                .end()
                .process(exchange ->
                        exchange.getMessage().setBody(state(exchange).outcome()));
    }

    private void begin(Exchange exchange) {
        var input = exchange.getMessage().getBody(IntakeSync.class);
        var call = exchange.getProperty(ToolComponent.CALL, CallContext.class);
        var ehr = exchange.getMessage().getHeader(EhrComponent.EHR, String.class);
        Intaking.neededTools(input).stream()
                .filter(tool -> !check.canUse(call, tool, ehr))
                .findFirst()
                .ifPresent(tool -> {
                    throw Intaking.cannot(tool);
                });
        exchange.setProperty(STATE, new Intaking(input, ehr));
    }

    private static void takeBack(Exchange exchange) {
        var undo = state(exchange).nextToTakeBack();
        exchange.setProperty("ehrhubStep", undo.tool());
        exchange.getMessage().setBody(undo.input());
    }

    private static Predicate wants(Step step) {
        return exchange -> state(exchange).wants(step);
    }

    private static Processor input(Step step) {
        return exchange -> exchange.getMessage().setBody(state(exchange).input(step));
    }

    private static Processor result(Step step) {
        return exchange -> state(exchange).done(step, exchange.getMessage().getBody(ToolResult.class));
    }

    private static Intaking state(Exchange exchange) {
        return exchange.getProperty(STATE, Intaking.class);
    }
}
