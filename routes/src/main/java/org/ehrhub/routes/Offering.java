package org.ehrhub.routes;

import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.approvals.ApprovalTools;
import org.ehrhub.tools.ehrs.EhrTools;

/** What a caller can use on an EHR: what policy allows and the EHR, or a route over its tools, supports. One check for all who ask. */
public final class Offering {
    private final Permission permission;
    private final CompositeTools composites;

    /** What policy and these routes offer. */
    public Offering(Permission permission, CompositeTools composites) {
        this.permission = permission;
        this.composites = composites;
    }

    /** Whether policy allows it, supported or not. */
    boolean allows(EhrRegistry.Entry entry, CanonicalTool<?, ?> tool, Caller caller) {
        return permission.decide(caller, tool, entry.ehr()).allowed();
    }

    /** Whether the caller can use it there. */
    boolean offers(EhrRegistry.Entry entry, CanonicalTool<?, ?> tool, Caller caller) {
        return allows(entry, tool, caller) && supports(entry, tool, caller);
    }

    private boolean supports(EhrRegistry.Entry entry, CanonicalTool<?, ?> tool, Caller caller) {
        return tool.equals(EhrTools.LIST)
                || tool.equals(ApprovalTools.STATUS)
                || composites
                        .find(tool)
                        .map(composite -> composite.needs().stream().allMatch(need -> offers(entry, need, caller)))
                        .orElseGet(() -> entry.handlers().find(tool.name()).isPresent());
    }
}
