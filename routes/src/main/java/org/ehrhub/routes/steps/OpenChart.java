package org.ehrhub.routes.steps;

import java.time.InstantSource;
import java.util.Objects;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Circumstances;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.policy.Glass;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.Emergency;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps it on the record, and says it aloud, that a person opens a closed chart: before anything of the chart is read. What
 * cannot be recorded is not opened.
 */
public final class OpenChart implements CallStep {
    private static final Logger LOG = LoggerFactory.getLogger(OpenChart.class);

    private final AuditTrail audit;
    private final InstantSource clock;

    /** Records in this trail. */
    public OpenChart(AuditTrail audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void apply(ToolCall call) {
        var emergency = call.context().caller().emergency();
        if (emergency == null || call.within() != null || !call.policy().breaksGlass()) {
            return;
        }
        var ehr = emergency.patient().ehr();
        var rule = Objects.requireNonNull(call.decision(ehr).glass());
        audit.keep(entry(call, emergency, rule));
        say(call.context().callId(), ehr, call.tool().name());
        call.warnings()
                .add(
                        "A closed chart was opened for an emergency (break-glass). It is on the record with the person's reason, and"
                                + " will be looked into.");
    }

    private static void say(String callId, String ehr, String tool) {
        LOG.warn(
                "BREAK GLASS: call {} opens a closed chart of {} by {}; the audit trail says who and why",
                callId,
                ehr,
                tool);
    }

    private AuditTrail.Entry entry(ToolCall call, Emergency emergency, Glass rule) {
        var context = call.context();
        return new AuditTrail.Entry(
                clock.instant(),
                context.callId(),
                Stage.BREAK_GLASS,
                context.caller().acting(),
                call.tool().name(),
                call.ehrs(),
                emergency.patient().toString(),
                "",
                new Circumstances(
                        context.caller().onBehalfOf().orElse(null),
                        context.caller().client(),
                        emergency.purpose(),
                        "break-glass: " + emergency.reason(),
                        "policy.yaml:" + rule.line(),
                        null,
                        null,
                        call.elapsed(),
                        context.trace().traceId()));
    }
}
