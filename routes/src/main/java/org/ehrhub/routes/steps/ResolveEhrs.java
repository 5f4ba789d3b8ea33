package org.ehrhub.routes.steps;

import java.util.List;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.routes.CallRefused;
import org.ehrhub.routes.CallStep;
import org.ehrhub.routes.Permission;
import org.ehrhub.routes.ToolCall;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.EhrInput;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ListInput;
import org.ehrhub.tools.approvals.ApprovalTools;
import org.jspecify.annotations.Nullable;

/**
 * Finds the EHR that a call is for: by its references, by `ehr`, by the cursor; or, for a list and for what belongs to no
 * EHR in particular, every EHR the caller may use it on.
 */
public final class ResolveEhrs implements CallStep {
    private final EhrRegistry registry;
    private final Permission permission;
    private final Cursors cursors;

    /** Resolves among these EHRs. */
    public ResolveEhrs(EhrRegistry registry, Permission permission, Cursors cursors) {
        this.registry = registry;
        this.permission = permission;
        this.cursors = cursors;
    }

    @Override
    public void apply(ToolCall call) {
        var named = named(call.input());
        if (named != null) {
            call.ehrs(List.of(known(named)));
        } else if (call.tool().equals(ApprovalTools.STATUS)) {
            call.ehrs(readable(call).stream().limit(1).toList()); // the hub answers, for any of them
        } else if (call.tool() instanceof CanonicalTool.Listing<?, ?> || !(call.input() instanceof EhrInput)) {
            call.ehrs(readable(call));
        } else {
            throw new CallRefused(ErrorCode.INVALID_INPUT, "`ehr` is missing", "Name the EHR, as ehr.list gives it.");
        }
        if (call.input() instanceof ListInput list && list.cursor() != null) {
            call.positions().putAll(cursors.open(call, list.cursor()));
            call.ehrs(call.positions().keySet().stream().map(this::known).toList());
        }
    }

    private static @Nullable String named(Record input) {
        var ehr = input instanceof EhrInput e ? e.ehr() : null;
        for (var reference : Arguments.references(input)) {
            if (ehr != null && !ehr.equals(reference.ehr())) {
                throw new CallRefused(
                        ErrorCode.INVALID_INPUT,
                        "`" + reference.argument() + "` belongs to another EHR than the other arguments",
                        "One call goes to one EHR: use references of the same EHR.");
            }
            ehr = reference.ehr();
        }
        return ehr;
    }

    private String known(String ehr) {
        return registry.find(ehr)
                .map(EhrRegistry.Entry::ehr)
                .orElseThrow(() -> new CallRefused(
                        ErrorCode.INVALID_INPUT,
                        "`ehr`, or the reference that takes its place, names no EHR of this hub",
                        "Call ehr.list for the names of the EHRs you may use."));
    }

    private List<String> readable(ToolCall call) {
        return registry.all().stream()
                .map(EhrRegistry.Entry::ehr)
                .filter(ehr -> permission.decide(call, ehr).allowed())
                .toList();
    }
}
