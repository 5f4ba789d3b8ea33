package org.ehrhub.policy;

import java.util.List;
import java.util.Set;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;

/**
 * Who may use which tool on which EHR. Nothing is allowed that no grant names. One check serves listing and calling, so
 * what is listed is what can be called.
 *
 * @param grants what is allowed
 * @param approvals names of tools that need a person's approval, beyond those whose risk asks for it
 */
public record Policy(List<Grant> grants, Set<String> approvals) {
    /** Allows nothing: what holds while there is no policy file. */
    public static final Policy NOTHING = new Policy(List.of(), Set.of());

    /** Takes copies. */
    public Policy {
        grants = List.copyOf(grants);
        approvals = Set.copyOf(approvals);
    }

    /**
     * What one role may do on one EHR.
     *
     * @param role the caller's role; {@code *} means every caller
     * @param ehr the EHR
     * @param reads whether every read is allowed
     * @param writes the canonical names of the writes that are allowed
     */
    public record Grant(String role, String ehr, boolean reads, Set<String> writes) {
        /** Takes a copy. */
        public Grant {
            writes = Set.copyOf(writes);
        }

        private boolean allows(Caller caller, CanonicalTool<?, ?> tool, String onEhr) {
            var isRead = tool.risk() == Risk.READ;
            return ehr.equals(onEhr)
                    && (role.equals("*") || caller.roles().contains(role))
                    && (isRead ? reads : writes.contains(tool.name()));
        }
    }

    /** Whether a caller may use a tool on an EHR. */
    public boolean allows(Caller caller, CanonicalTool<?, ?> tool, String ehr) {
        return grants.stream().anyMatch(grant -> grant.allows(caller, tool, ehr));
    }

    /** Whether a call of this tool needs a person's approval: every {@link Risk#HIGH_IMPACT} tool does. */
    public boolean needsApproval(CanonicalTool<?, ?> tool) {
        return tool.risk() == Risk.HIGH_IMPACT || approvals.contains(tool.name());
    }
}
