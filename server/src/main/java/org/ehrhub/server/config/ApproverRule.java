package org.ehrhub.server.config;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.policy.Policy;
import org.ehrhub.server.config.PolicyRules.Times;
import org.ehrhub.server.config.PolicyWords.KnownEhr;
import org.ehrhub.server.config.PolicyWords.Role;
import org.ehrhub.server.config.PolicyWords.WriteTool;
import org.jspecify.annotations.Nullable;

/**
 * Who may approve and reject calls of others.
 *
 * @param place where it stands
 * @param role the role of those who decide
 * @param roles or one of these
 * @param ehr the EHR; every one unless given
 * @param ehrs or one of these
 * @param tools writes by name; every one unless given
 * @param times when it applies; always unless given
 */
record ApproverRule(
        Place place,
        @Nullable Role role,
        Set<Role> roles,
        @Nullable KnownEhr ehr,
        Set<KnownEhr> ehrs,
        Set<WriteTool> tools,
        List<Times> times) {
    /** Refuses a rule that names nobody: that everybody may approve is never meant. */
    ApproverRule {
        PolicyRules.onlyOne(role, roles, ehr, ehrs);
        PolicyRules.refuseIf(role == null && roles.isEmpty(), "role is missing; name who may approve");
    }

    Policy.Approver compiled(Set<String> allEhrs) {
        var named = ehr == null ? ehrs : Set.of(ehr);
        return new Policy.Approver(
                place.line(),
                PolicyRules.condition(role, roles, named.isEmpty() ? Set.of(new KnownEhr("*")) : named, allEhrs, times),
                tools.isEmpty()
                        ? Set.copyOf(PolicyWords.names(false))
                        : tools.stream().map(WriteTool::name).collect(Collectors.toSet()));
    }
}
