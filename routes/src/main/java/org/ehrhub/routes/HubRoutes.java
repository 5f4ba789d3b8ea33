package org.ehrhub.routes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.policy.WriteCounts;
import org.ehrhub.routes.approvals.CallPreview;
import org.ehrhub.routes.composites.ConnectorRoutes;
import org.ehrhub.routes.composites.IntakeRoutes;
import org.ehrhub.routes.json.CanonicalJson;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.routes.json.ToolSchemas;
import org.ehrhub.routes.limits.Allowance;
import org.ehrhub.routes.limits.CallerLimits;
import org.ehrhub.routes.limits.EhrLoad;
import org.ehrhub.routes.steps.AuditIntent;
import org.ehrhub.routes.steps.AuditOutcome;
import org.ehrhub.routes.steps.Authorise;
import org.ehrhub.routes.steps.BoundAnswer;
import org.ehrhub.routes.steps.CallEhrs;
import org.ehrhub.routes.steps.ChartReads;
import org.ehrhub.routes.steps.CheckLedger;
import org.ehrhub.routes.steps.Cursors;
import org.ehrhub.routes.steps.EhrLimits;
import org.ehrhub.routes.steps.EhrQuestions;
import org.ehrhub.routes.steps.GuardCharts;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.routes.steps.MinimiseFields;
import org.ehrhub.routes.steps.OpenChart;
import org.ehrhub.routes.steps.ReadBack;
import org.ehrhub.routes.steps.Reconciler;
import org.ehrhub.routes.steps.RequireApproval;
import org.ehrhub.routes.steps.ResolveEhrs;
import org.ehrhub.routes.steps.SettleLedger;
import org.ehrhub.routes.steps.SpendAllowance;
import org.ehrhub.routes.steps.TellWatch;
import org.ehrhub.routes.steps.ValidateInput;
import org.ehrhub.routes.steps.WithholdSensitive;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.TraceContext;
import tools.jackson.databind.JsonNode;

/** The routes of a hub, put into a Camel context. */
public final class HubRoutes implements ToolCaller, AutoCloseable {
    private final Parts parts;
    private final CanonicalJson json;
    private final EhrLimits ehrLimits;
    private final CallerLimits callerLimits;
    private final Allowance allowance;
    private final CallEhrs callEhrs;
    private final ProducerTemplate template;
    private final CompositeTools composites = new CompositeTools();
    private final Permission permission;
    private final Offering offering;

    /**
     * Puts components and routes into a context, which may be started before or after.
     *
     * @throws Exception when Camel refuses a route
     */
    public HubRoutes(CamelContext camel, Parts parts) throws Exception {
        this.parts = parts;
        keepQuiet(camel);
        var seals = new Seals(parts.sealingKey());
        json = new CanonicalJson(seals);
        ehrLimits = new EhrLimits(parts.limits(), parts.clock());
        callerLimits = new CallerLimits(parts.limits().caller(), parts.clock());
        allowance = new Allowance(parts.limits().caller(), parts.limits().ehrs(), parts.writeCounts(), parts.clock());
        permission = new Permission(parts.policy(), parts.clock());
        offering = new Offering(permission, composites);
        camel.addComponent("tool", new ToolComponent(parts.catalog(), composites));
        camel.addComponent(
                "ehr",
                new EhrComponent(
                        parts.catalog(),
                        parts.ehrs(),
                        new EhrStatus(parts.listed(), offering, parts.clock(), this::heldBack),
                        new ApprovalStanding(parts.approvals(), parts.clock())));
        callEhrs = new CallEhrs(new EhrCall(camel, composites), ehrLimits, parts.clock());
        camel.addRoutes(new ToolCallRoute(steps(seals)));
        camel.addRoutes(new ConnectorRoutes(json, parts.clock()));
        camel.addRoutes(new IntakeRoutes(this::canUse));
        template = camel.createProducerTemplate();
    }

    /**
     * What a hub is made of.
     *
     * @param catalog the tools there are
     * @param listed those of them that are offered to callers
     * @param ehrs the EHRs
     * @param policy who may do what
     * @param approvals who has approved what
     * @param approvalTime how long a person has to decide, and the agent to call again
     * @param ledger which writes were made
     * @param writeCounts how many writes were made today
     * @param audit what was done
     * @param sealingKey 32 random bytes that the hub keeps across restarts
     * @param limits time and size
     * @param watch who is told of every call
     * @param clock the time
     */
    @SuppressWarnings("ArrayRecordComponent") // the key is handed on once; nobody compares or shows the parts
    public record Parts(
            ToolCatalog catalog,
            ToolCatalog listed,
            EhrRegistry ehrs,
            PolicyInForce policy,
            Approvals approvals,
            Duration approvalTime,
            IdempotencyLedger ledger,
            WriteCounts writeCounts,
            AuditTrail audit,
            byte[] sealingKey,
            Limits limits,
            CallWatch watch,
            InstantSource clock) {}

    @Override
    public ToolCatalog catalog() {
        return parts.listed();
    }

    @Override
    public List<CanonicalTool<?, ?>> toolsOf(Caller caller) {
        return parts.listed().tools().stream()
                .filter(tool -> parts.ehrs().all().stream().anyMatch(entry -> offering.offers(entry, tool, caller)))
                .toList();
    }

    @Override
    public ToolAnswer call(String toolName, JsonNode arguments, Caller caller, TraceContext trace) {
        var context = new CallContext(
                UUID.randomUUID().toString(),
                caller,
                parts.clock().instant().plus(parts.limits().timeLimit()),
                trace);
        return callerLimits.within(
                caller.principal(),
                () -> Correlated.with(context, () -> answer(toolName, arguments, context)),
                refused -> answer(refused, context.callId()));
    }

    private ToolAnswer answer(String toolName, JsonNode arguments, CallContext context) {
        return parts.listed()
                .find(toolName)
                .map(tool -> send(tool, arguments, context))
                .orElseGet(() -> answer(
                        ToolResult.failed(
                                ErrorCode.INVALID_INPUT,
                                "There is no such tool",
                                "Call tools/list for the names of the tools."),
                        context.callId()));
    }

    /** What callers are held to. */
    public CallerLimits callerLimits() {
        return callerLimits;
    }

    /** What is left of a day. */
    public Allowance allowance() {
        return allowance;
    }

    /** How an EHR is taken up just now. */
    public EhrLoad load(String ehr) {
        return ehrLimits.load(ehr);
    }

    @Override
    public void close() {
        callEhrs.close();
    }

    /** Camel's own error handler logs the words of an exception, which may be a patient's; {@link Faults} does not. */
    private static void keepQuiet(CamelContext camel) {
        var extension = camel.getCamelContextExtension();
        if (extension.getErrorHandlerFactory() == null) {
            extension.setErrorHandlerFactory(new NoErrorHandlerDefinition());
        }
    }

    private boolean canUse(CallContext call, String tool, String ehr) {
        return parts.ehrs()
                .find(ehr)
                .flatMap(entry -> parts.catalog().find(tool).map(known -> offering.offers(entry, known, call.caller())))
                .orElse(false);
    }

    private ToolAnswer send(CanonicalTool<?, ?> tool, JsonNode arguments, CallContext context) {
        var exchange = template.send("tool:" + tool.name(), e -> {
            e.getMessage().setBody(arguments);
            e.setProperty(ToolComponent.CALL, context);
        });
        var answer = exchange.getProperty(ToolComponent.ANSWER, ToolAnswer.class);
        if (exchange.getException() == null && answer != null) {
            return answer;
        }
        return answer(Faults.failure(context, tool.risk() != Risk.READ, exchange.getException()), context.callId());
    }

    private ToolAnswer answer(ToolResult.Failed<?> failed, String callId) {
        return BoundAnswer.error(json.wire(), failed, callId);
    }

    /** What holds a caller's calls of an EHR back just now. */
    private Stream<String> heldBack(String ehr, CallContext call) {
        return Stream.concat(
                ehrLimits.load(ehr).words(), allowance.nearlyUp(call.caller().principal(), ehr));
    }

    private ToolCallSteps steps(Seals seals) {
        var cursors = new Cursors(json.wire(), seals);
        var questions = new EhrQuestions(ehrLimits, parts.clock());
        var reconciler = new Reconciler(parts.ehrs(), ehrLimits, parts.clock());
        Predicate<CanonicalTool<?, ?>> isComposite =
                tool -> composites.find(tool).isPresent();
        var spending = new SpendAllowance(allowance, isComposite);
        var guard = new GuardCharts(parts.ehrs(), ehrLimits, isComposite);
        var charts = new ChartReads(parts.ehrs(), questions, permission);
        var asking = new RequireApproval.Asking(parts.approvalTime(), parts.clock());
        return new ToolCallSteps(
                new ValidateInput(json, new ToolSchemas()),
                new ResolveEhrs(parts.ehrs(), permission, cursors),
                new Authorise(permission),
                new OpenChart(parts.audit(), parts.clock()),
                guard.beforehand(),
                new CheckLedger(parts.ledger(), reconciler, isComposite),
                new RequireApproval(parts.policy(), parts.approvals(), charts, new CallPreview(json), asking),
                spending,
                new AuditIntent(parts.audit(), parts.clock()),
                callEhrs,
                new ReadBack(reconciler),
                guard.afterwards(),
                new WithholdSensitive(parts.ehrs()),
                new MinimiseFields(),
                new SettleLedger(parts.ledger()),
                new BoundAnswer(json, cursors, parts.limits(), parts.clock()),
                spending.settle(),
                new AuditOutcome(parts.audit(), parts.clock()),
                new TellWatch(parts.watch()));
    }
}
