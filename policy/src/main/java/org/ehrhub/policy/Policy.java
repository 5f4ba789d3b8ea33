package org.ehrhub.policy;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.Sensitivity;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.approvals.ApprovalTools;

/**
 * Who may use which tool on which EHR, and see what of its answers. Nothing is allowed that no grant names, and what a denial
 * names is not, whatever grants say. One check serves listing and calling, so what is listed is what can be called.
 *
 * @param grants what is allowed
 * @param denials what is not allowed all the same
 * @param approvals names of tools that need a person's approval, beyond those whose risk asks for it
 * @param fourEyes names of tools that need the approval of another person than the caller
 * @param charts when charts are closed, and who may open them
 * @param approvers who may approve what; nobody else
 */
public record Policy(
        List<Grant> grants,
        List<Denial> denials,
        Set<String> approvals,
        Set<String> fourEyes,
        ChartRules charts,
        List<Approver> approvers)
        implements PolicyInForce {
    /** Allows nothing: what holds while there is no policy file. */
    public static final Policy NOTHING = new Policy(List.of(), Set.of());

    /** Takes copies. */
    public Policy {
        grants = List.copyOf(grants);
        denials = List.copyOf(denials);
        approvals = Set.copyOf(approvals);
        fourEyes = Set.copyOf(fourEyes);
        approvers = List.copyOf(approvers);
    }

    /** A policy under which closed charts stay closed and nobody approves. */
    public Policy(List<Grant> grants, List<Denial> denials, Set<String> approvals, Set<String> fourEyes) {
        this(grants, denials, approvals, fourEyes, ChartRules.NONE, List.of());
    }

    /** A policy that only allows. */
    public Policy(List<Grant> grants, Set<String> approvals) {
        this(grants, List.of(), approvals, Set.of());
    }

    /**
     * What is allowed.
     *
     * @param line where the rule stands in its file
     * @param when to whom, where and when
     * @param tools the canonical names of the tools
     * @param scopes the SMART scopes that a tool must be permitted by, as well as by those of the caller's token; empty where
     *     roles alone decide
     * @param fields the groups of fields that are shown
     * @param ownPatients whether only callers who are bound to patients are meant
     * @param purposes the purposes of use, of which the caller must have stated one; empty for any and none
     * @param approval the approval that a call needs at least
     * @param sensitive what is shown although it is sensitive
     */
    public record Grant(
            int line,
            Condition when,
            Set<String> tools,
            List<SmartScope> scopes,
            Set<FieldGroup> fields,
            boolean ownPatients,
            Set<String> purposes,
            ApprovalNeed approval,
            Set<Sensitivity> sensitive) {
        /** Takes copies. */
        public Grant {
            tools = Set.copyOf(tools);
            scopes = List.copyOf(scopes);
            fields = Set.copyOf(fields);
            purposes = Set.copyOf(purposes);
            sensitive = Set.copyOf(sensitive);
        }

        /** What is allowed of all that is not sensitive. */
        public Grant(
                int line,
                Condition when,
                Set<String> tools,
                List<SmartScope> scopes,
                Set<FieldGroup> fields,
                boolean ownPatients,
                Set<String> purposes,
                ApprovalNeed approval) {
            this(line, when, tools, scopes, fields, ownPatients, purposes, approval, Set.of());
        }

        /** What one role may do on one EHR: everything that reads, or nothing, and the writes that are named. */
        public Grant(String role, String ehr, boolean reads, Set<String> writes) {
            this(
                    0,
                    new Condition(Set.of(role), Set.of(ehr), List.of()),
                    Stream.concat(reads ? Policy.reads() : Stream.empty(), writes.stream())
                            .collect(Collectors.toSet()),
                    List.of(),
                    Set.of(FieldGroup.values()),
                    false,
                    Set.of(),
                    ApprovalNeed.NONE);
        }

        private boolean allows(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
            return tools.contains(tool.name())
                    && when.holds(caller, ehr, at)
                    && (!ownPatients || !caller.patients().isEmpty())
                    && (purposes.isEmpty() || Purposes.isOneOf(purposes, caller.purpose()))
                    && (scopes.isEmpty() || ScopedCaller.mayUse(caller, tool, scopes));
        }

        /** What a call under this grant needs: of a tool that reads nothing, because a read has no place for an approval. */
        private ApprovalNeed approvalOf(Policy policy, CanonicalTool<?, ?> tool) {
            return tool.risk() == Risk.READ
                    ? ApprovalNeed.NONE
                    : policy.approval(tool).or(approval);
        }
    }

    /**
     * What is not allowed, or not shown.
     *
     * @param line where the rule stands in its file
     * @param when to whom, where and when
     * @param tools the canonical names of the tools
     * @param fields the groups of fields that are withheld; empty where the tools themselves are denied
     * @param purposes the purposes of use; a caller who states none may have any of them
     * @param sensitive what is hidden because it is sensitive
     */
    public record Denial(
            int line,
            Condition when,
            Set<String> tools,
            Set<FieldGroup> fields,
            Set<String> purposes,
            Set<Sensitivity> sensitive) {
        /** Takes copies. */
        public Denial {
            tools = Set.copyOf(tools);
            fields = Set.copyOf(fields);
            purposes = Set.copyOf(purposes);
            sensitive = Set.copyOf(sensitive);
        }

        /** What is not allowed or shown of all that is not sensitive. */
        public Denial(int line, Condition when, Set<String> tools, Set<FieldGroup> fields, Set<String> purposes) {
            this(line, when, tools, fields, purposes, Set.of());
        }

        /** Whether the tools themselves are meant, not what they show. */
        private boolean isWhole() {
            return fields.isEmpty() && sensitive.isEmpty();
        }

        private boolean denies(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
            return tools.contains(tool.name())
                    && when.holds(caller, ehr, at)
                    && (purposes.isEmpty() || caller.purpose() == null || Purposes.isOneOf(purposes, caller.purpose()));
        }

        /** Whether nothing is left of a grant beside it. */
        public boolean takesAway(Grant grant) {
            return isWhole() && purposes.isEmpty() && when.covers(grant.when) && tools.containsAll(grant.tools);
        }
    }

    /**
     * Who may approve or reject which calls of others.
     *
     * @param line where the rule stands in its file
     * @param when who, on which EHRs, and when
     * @param tools the canonical names of the tools
     */
    public record Approver(int line, Condition when, Set<String> tools) {
        /** Takes a copy. */
        public Approver {
            tools = Set.copyOf(tools);
        }
    }

    @Override
    public Policy now() {
        return this;
    }

    /** Whether a caller may use a tool on an EHR at a time, and how. */
    public Decision decide(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
        var glass = charts.glass(caller, tool, ehr, at);
        return PatientContext.refusal(
                        caller, tool, ehr, glass.filter(Glass::broken).isPresent())
                .map(why -> Decision.denied(0, why))
                .or(() -> denials.stream()
                        .filter(denial -> denial.isWhole() && denial.denies(caller, tool, ehr, at))
                        .findFirst()
                        .map(denial -> Decision.denied(denial.line, "a rule denies it")))
                .orElseGet(() -> granted(caller, tool, ehr, at).by(glass.orElse(null)));
    }

    private Decision granted(Caller caller, CanonicalTool<?, ?> tool, String ehr, Instant at) {
        if (tool.equals(ApprovalTools.STATUS)) {
            return approvable(caller, ehr, at);
        }
        var matching = grants.stream()
                .filter(grant -> grant.allows(caller, tool, ehr, at))
                .toList();
        if (matching.isEmpty()) {
            return Decision.denied(0, "no rule allows it");
        }
        var line = matching.getFirst().line;
        var withheld = EnumSet.allOf(FieldGroup.class);
        var hidden = EnumSet.allOf(Sensitivity.class);
        matching.forEach(grant -> {
            withheld.removeAll(grant.fields);
            hidden.removeAll(grant.sensitive);
        });
        denials.stream().filter(denial -> denial.denies(caller, tool, ehr, at)).forEach(denial -> {
            withheld.addAll(denial.fields);
            hidden.addAll(denial.sensitive);
        });
        if (tool.risk() == Risk.READ && !VisibleFields.shows(tool.output(), withheld)) {
            return Decision.denied(line, "nothing of its answer may be shown");
        }
        var approval = matching.stream().map(Grant::approval).reduce(approval(tool), ApprovalNeed::or);
        return new Decision(true, line, "", withheld, approval, hidden, null);
    }

    /** Whoever may make a call that needs approval may ask what became of it, and nobody else. */
    private Decision approvable(Caller caller, String ehr, Instant at) {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> tool.risk() != Risk.READ)
                .map(tool -> decide(caller, tool, ehr, at))
                .filter(decision -> decision.allowed() && decision.approval() != ApprovalNeed.NONE)
                .findFirst()
                .map(decision -> new Decision(true, decision.line(), "", Set.of(), ApprovalNeed.NONE))
                .orElseGet(() -> Decision.denied(0, "nothing that you may do there needs an approval"));
    }

    /** The approval that every call of this tool needs, whoever calls: of a {@link Risk#HIGH_IMPACT} tool a person's. */
    public ApprovalNeed approval(CanonicalTool<?, ?> tool) {
        if (fourEyes.contains(tool.name())) {
            return ApprovalNeed.FOUR_EYES;
        }
        return tool.risk() == Risk.HIGH_IMPACT || approvals.contains(tool.name())
                ? ApprovalNeed.PERSON
                : ApprovalNeed.NONE;
    }

    /** Whether somebody may approve calls of a tool on an EHR at a time. Who is bound to patients approves nothing. */
    public boolean mayApprove(Caller approver, CanonicalTool<?, ?> tool, String ehr, Instant at) {
        return approver.patients().isEmpty()
                && approvers.stream()
                        .anyMatch(rule -> rule.tools.contains(tool.name()) && rule.when.holds(approver, ehr, at));
    }

    /** The tools of a grant that need an approval which nobody could give on an EHR of it: then one rule is missing. */
    public Set<String> unapprovable(Grant grant) {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> grant.tools.contains(tool.name()))
                .filter(tool -> grant.approvalOf(this, tool) != ApprovalNeed.NONE)
                .map(CanonicalTool::name)
                .filter(name -> !grant.when.ehrs().stream().allMatch(ehr -> hasApprover(name, ehr)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private boolean hasApprover(String tool, String ehr) {
        return approvers.stream()
                .anyMatch(rule -> rule.tools.contains(tool) && rule.when.ehrs().contains(ehr));
    }

    /** The denial that leaves nothing of a grant, if there is one: then one of the two is a mistake. */
    public Optional<Denial> contradiction(Grant grant) {
        return denials.stream().filter(denial -> denial.takesAway(grant)).findFirst();
    }

    private static Stream<String> reads() {
        return ToolCatalog.canonical().tools().stream()
                .filter(tool -> tool.risk() == Risk.READ)
                .map(CanonicalTool::name);
    }
}
