package org.ehrhub.routes.steps;

import java.time.InstantSource;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.Risk;

/** Keeps an audit record of a write before it is sent; a write that cannot be recorded is not made. */
public final class AuditIntent implements CallStep {
    private final AuditTrail audit;
    private final InstantSource clock;

    /** Records in this trail. */
    public AuditIntent(AuditTrail audit, InstantSource clock) {
        this.audit = audit;
        this.clock = clock;
    }

    @Override
    public void apply(ToolCall call) {
        if (call.tool().risk() != Risk.READ && !call.settled()) {
            audit.keep(AuditOutcome.record(call, clock.instant(), Stage.BEFORE_WRITE, ""));
        }
    }
}
