package org.ehrhub.routes.steps;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Approvals.Held;
import org.ehrhub.policy.Digests;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.routes.CallApproval;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.routes.approvals.CallPreview;
import org.ehrhub.routes.approvals.Preview;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/**
 * Lets a call that needs a person's approval go on with one that was given for exactly this call, and asks for it otherwise. It
 * comes after the ledger, so that what was done is answered again without another approval, and last before a write is sent.
 */
public final class RequireApproval implements CallStep {
    private static final String ANEW =
            "Call again without approvalId to ask for the approval of the call as it is now.";

    private final PolicyInForce policies;
    private final Approvals approvals;
    private final ChartReads charts;
    private final CallPreview preview;
    private final Asking asking;

    /**
     * How it is asked.
     *
     * @param within how long a person has to decide and the agent to call again
     */
    public record Asking(Duration within, InstantSource clock) {}

    /** Asks policy what needs approval, and people through {@code approvals}. */
    public RequireApproval(
            PolicyInForce policies, Approvals approvals, ChartReads charts, CallPreview preview, Asking asking) {
        this.policies = policies;
        this.approvals = approvals;
        this.charts = charts;
        this.preview = preview;
        this.asking = asking;
    }

    @Override
    public void apply(ToolCall call) {
        var need = need(call);
        if (call.settled() || need == ApprovalNeed.NONE || coveredByComposite(call)) {
            return;
        }
        if (call.within() != null
                || !(call.input() instanceof WriteInput write)
                || call.ehrs().size() != 1) {
            throw nowhere(call);
        }
        var ehr = call.ehrs().getFirst();
        var version = charts.version(call, ehr);
        var digest = digest(call, ehr, version);
        if (write.approvalId() == null) {
            throw asked(call, need, digest, version);
        }
        use(call, need, digest, write.approvalId());
    }

    private ApprovalNeed need(ToolCall call) {
        return policies.now().approval(call.tool()).or(call.policy().approval());
    }

    /** A step of a composite is approved with it, where the composite itself needed approval. */
    private boolean coveredByComposite(ToolCall call) {
        var composite = call.within();
        return composite != null
                && policies.now()
                        .approval(composite)
                        .or(call.policy().approvalAround())
                        .covers(need(call));
    }

    /** A step of a composite and a read have no place for an approval. */
    private static CallRefused nowhere(ToolCall call) {
        return new CallRefused(
                ErrorCode.APPROVAL_REQUIRED,
                call.tool().name() + " needs a person's approval, which cannot be given for it here",
                call.within() == null
                        ? "Nothing was sent. Whoever runs the hub decides in policy.yaml what needs approval."
                        : "Nothing was sent for this step. Call " + call.tool().name() + " by itself.");
    }

    /** What an approval is bound to: another program of the same principal, or another actor, is another caller here. */
    private static String digest(ToolCall call, String ehr, String version) {
        var patient = ChartReads.patient(call).map(Object::toString).orElse("");
        var caller = call.context().caller();
        var program = Objects.requireNonNullElse(caller.client(), "");
        return Digests.sha256(call.digest(), ehr, patient, version, program, caller.acting());
    }

    private CallRefused asked(ToolCall call, ApprovalNeed need, String digest, String version) {
        var ehr = call.ehrs().getFirst();
        var facts = charts.facts(call, ehr, version);
        var caller = call.context().caller();
        var question = new Approvals.Question(
                digest,
                caller.principal(),
                caller.actor() == null ? null : caller.acting(),
                call.tool().name(),
                ehr,
                need,
                preview.of(call, need, facts).kept(),
                asking.clock().instant().plus(asking.within()));
        var held = approvals
                .ask(question)
                .orElseThrow(() -> new CallRefused(
                        ErrorCode.RATE_LIMITED,
                        Approvals.MOST_WAITING + " of your calls wait for an approval already, so nobody was asked",
                        "Wait until some are decided; approval.status tells."));
        return waiting(call, held, preview.of(call, need, charts.seenByCaller(call, ehr, facts)));
    }

    private static CallRefused waiting(ToolCall call, Held held, @Nullable Preview shown) {
        call.approval(new CallApproval(held.id(), held.state(), held.question().expires(), shown));
        return new CallRefused(
                ErrorCode.APPROVAL_REQUIRED,
                held.state() == Approvals.State.APPROVED
                        ? call.tool().name() + " has been approved and not been made yet; nothing was sent"
                        : call.tool().name() + " needs a person's approval, who has been asked; nothing was sent",
                held.state() == Approvals.State.APPROVED
                        ? "Make the same call again with approvalId " + held.id() + "."
                        : "Tell the user. Ask approval.status for approvalId " + held.id()
                                + " now and then; once approved, make the same call again with it.");
    }

    private void use(ToolCall call, ApprovalNeed need, String digest, String approvalId) {
        var principal = call.context().caller().principal();
        var held = approvals
                .find(approvalId)
                .filter(one -> one.question().principal().equals(principal))
                .orElseThrow(() -> new CallRefused(
                        ErrorCode.INVALID_INPUT,
                        "`approvalId` is none that you were given",
                        "Call without approvalId to ask for an approval; nothing was sent."));
        check(held, digest, call);
        var decidedBy = Objects.requireNonNullElse(held.decidedBy(), principal);
        if (!need.isMetBy(decidedBy, principal) || !held.question().isMetBy(decidedBy)) {
            throw new CallRefused(
                    ErrorCode.APPROVAL_REQUIRED,
                    "Policy asks for the approval of another person than you, and this one is not; nothing was sent",
                    ANEW);
        }
        if (!approvals.take(held.id(), digest, principal, call.context().writeKey())) {
            throw approvals.find(approvalId).orElse(held).state() == Approvals.State.EXPIRED ? expired() : used();
        }
        call.context(call.context().approved(decidedBy));
        call.approval(new CallApproval(
                held.id(), Approvals.State.USED, held.question().expires(), null));
    }

    private static void check(Held held, String digest, ToolCall call) {
        if (!held.question().digest().equals(digest)) {
            throw new CallRefused(
                    ErrorCode.CONFLICT,
                    "This is not the call that was put to a person: its arguments differ, or another program makes it, or"
                            + " the record has changed since; nothing was sent",
                    ANEW);
        }
        switch (held.state()) {
            case APPROVED, USED -> {}
            case ASKED -> throw waiting(call, held, null);
            case REJECTED ->
                throw new CallRefused(
                        ErrorCode.DENIED,
                        "A person has rejected this call; nothing was sent",
                        "Do not try another way. Tell the user; approval.status gives the reason, where there is one.");
            case EXPIRED -> throw expired();
        }
    }

    private static CallRefused expired() {
        return new CallRefused(
                ErrorCode.APPROVAL_REQUIRED, "The time of this approval is over; nothing was sent", ANEW);
    }

    private static CallRefused used() {
        return new CallRefused(
                ErrorCode.CONFLICT,
                "This approval was used by another call; nothing was sent",
                "One approval is one write. To learn what became of it, repeat that call with its idempotencyKey; for"
                        + " another write call without approvalId.");
    }
}
