package org.ehrhub.server.approvals;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.ehrhub.policy.Approvals;
import org.ehrhub.policy.Approvals.Held;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.AuditTrail.Stage;
import org.ehrhub.policy.PolicyInForce;
import org.ehrhub.routes.approvals.Preview;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/**
 * Where people see what agents ask for and decide: each only what policy lets them decide. What is shown and what is decided is
 * in the audit trail before it happens; where it cannot be kept, nothing is.
 */
public final class ApprovalDesk {
    /** The longest reason. */
    static final int REASON = 500;

    private final Approvals approvals;
    private final PolicyInForce policies;
    private final AuditTrail audit;
    private final InstantSource clock;

    /** A desk over these approvals. */
    public ApprovalDesk(Approvals approvals, PolicyInForce policies, AuditTrail audit, InstantSource clock) {
        this.approvals = approvals;
        this.policies = policies;
        this.audit = audit;
        this.clock = clock;
    }

    /** What became of a decision. */
    public enum Outcome {
        /** It holds. */
        DECIDED,
        /** It was decided before, or its time is over. */
        LATE,
        /** Policy asks for another person than whoever asked. */
        OWN,
        /** There is none of this id that they may decide. */
        NONE
    }

    /** Those that wait for somebody to decide and that this person may, the oldest first. */
    public List<Held> waiting(Caller person) {
        return approvals.waiting().stream()
                .filter(held -> mayDecide(person, held))
                .toList();
    }

    /** One that this person may decide or might have decided, shown to them. */
    public Optional<Held> show(Caller person, String id) {
        var held = approvals.find(id).filter(one -> mayDecide(person, one));
        held.ifPresent(one -> keep(person, one, Stage.READ, "approval.show", "ok"));
        return held;
    }

    /** Whether this person's approval of it would count. */
    public boolean counts(Caller person, Held held) {
        return held.question().isMetBy(person.principal());
    }

    /** Notes what this person decides. */
    public Outcome decide(Caller person, String id, boolean approved, @Nullable String reason) {
        var found = approvals.find(id).filter(one -> mayDecide(person, one));
        if (found.isEmpty()) {
            return Outcome.NONE;
        }
        var held = found.get();
        if (approved && !counts(person, held)) {
            return Outcome.OWN;
        }
        var tool = approved ? "approval.approve" : "approval.reject";
        keep(person, held, Stage.BEFORE_WRITE, tool, "");
        var decided = approvals.decide(id, new Approvals.Verdict(approved, person.principal(), brief(reason)));
        keep(person, held, Stage.AFTER_WRITE, tool, decided ? "ok" : "CONFLICT");
        return decided ? Outcome.DECIDED : Outcome.LATE;
    }

    private static @Nullable String brief(@Nullable String reason) {
        return reason == null || reason.isBlank()
                ? null
                : reason.strip().substring(0, Math.min(REASON, reason.strip().length()));
    }

    /** People decide themselves: nobody does in their name. */
    private boolean mayDecide(Caller person, Held held) {
        return ToolCatalog.canonical()
                .find(held.question().tool())
                .filter(tool -> person.actor() == null
                        && policies.now()
                                .mayApprove(person, tool, held.question().ehr(), clock.instant()))
                .isPresent();
    }

    private void keep(Caller person, Held held, Stage stage, String tool, String outcome) {
        audit.keep(new AuditTrail.Entry(
                clock.instant(),
                UUID.randomUUID().toString(),
                stage,
                person.principal(),
                tool,
                List.of(held.question().ehr()),
                Preview.of(held.question().preview()).chart().orElse(""),
                outcome,
                new AuditTrail.Circumstances(
                        null, person.client(), person.purpose(), null, null, held.id(), null, null, null)));
    }
}
