package org.ehrhub.server.config;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.policy.Policy;
import org.ehrhub.server.config.PolicyCharts.BreakGlassRule;
import org.ehrhub.server.config.PolicyCharts.ConsentRule;
import org.ehrhub.server.config.PolicyRules.AllowRule;
import org.ehrhub.server.config.PolicyRules.DenyRule;
import org.ehrhub.server.config.PolicyWords.WriteTool;

/**
 * Who may do what, {@code policy.yaml}.
 *
 * @param roles every role there is, so that a misspelt one is noticed; any word is a role unless given
 * @param allow what is allowed; nothing else is
 * @param deny what is not, whatever is allowed
 * @param approvals writes that need a person's approval, beyond those whose risk asks for it
 * @param fourEyes writes that need the approval of another person than the caller
 * @param breakGlass who may open closed charts
 * @param consent where patients' consents count
 * @param approvers who may approve what; nobody else may
 */
record PolicyFile(
        Set<String> roles,
        List<AllowRule> allow,
        List<DenyRule> deny,
        Set<WriteTool> approvals,
        Set<WriteTool> fourEyes,
        List<BreakGlassRule> breakGlass,
        List<ConsentRule> consent,
        List<ApproverRule> approvers) {

    /** The policy of a file, or nothing allowed when it had problems. */
    static Policy read(Path file, Set<String> ehrs, Problems problems) {
        var keys = YamlFile.read(file, problems);
        var readers = PolicyWords.readers(new ValueReaders(file.toAbsolutePath(), name -> null), ehrs, roles(keys));
        var bound = new RecordBinder(readers, problems).bind(PolicyFile.class, keys);
        return bound == null ? Policy.NOTHING : bound.policy(ehrs, problems);
    }

    private static Set<String> roles(YamlValue.Keys keys) {
        return keys.entries().get("roles") instanceof YamlValue.Items(var place, var items)
                ? items.stream()
                        .filter(YamlValue.Scalar.class::isInstance)
                        .map(item -> ((YamlValue.Scalar) item).text())
                        .collect(Collectors.toSet())
                : Set.of();
    }

    private Policy policy(Set<String> ehrs, Problems problems) {
        var policy = new Policy(
                allow.stream().map(rule -> rule.compiled(ehrs)).toList(),
                deny.stream().map(rule -> rule.compiled(ehrs)).toList(),
                names(approvals),
                names(fourEyes),
                charts(ehrs, problems),
                approvers.stream().map(rule -> rule.compiled(ehrs)).toList());
        for (var i = 0; i < allow.size(); i++) {
            var place = allow.get(i).place();
            policy.contradiction(policy.grants().get(i))
                    .ifPresent(denial -> problems.add(
                            place,
                            "is taken away as a whole by the rule of line " + denial.line()
                                    + "; remove one of the two"));
            var orphans = policy.unapprovable(policy.grants().get(i));
            if (!orphans.isEmpty()) {
                problems.add(
                        place,
                        "allows " + String.join(", ", orphans)
                                + ", which needs an approval, and no rule under `approvers`"
                                + " names who may give it there; add one");
            }
        }
        checkGlass(policy, problems);
        return policy;
    }

    private ChartRules charts(Set<String> ehrs, Problems problems) {
        var needs = new HashMap<String, ConsentNeed>();
        for (var rule : consent) {
            rule.names(ehrs).forEach(ehr -> {
                if (needs.put(ehr, rule.need()) != null) {
                    problems.add(
                            rule.place(), "names " + ehr + ", as another rule of `consent` does; keep one of the two");
                }
            });
        }
        return new ChartRules(
                breakGlass.stream().map(rule -> rule.compiled(ehrs)).toList(), needs);
    }

    /** A closed chart is opened by tools that are allowed where it is open. */
    private void checkGlass(Policy policy, Problems problems) {
        for (var i = 0; i < breakGlass.size(); i++) {
            var rule = policy.charts().breakGlass().get(i);
            if (policy.grants().stream().noneMatch(rule::canUse)) {
                problems.add(
                        breakGlass.get(i).place(),
                        "opens charts with tools that no rule of `allow` allows on that EHR; allow them, or remove it");
            }
        }
    }

    private static Set<String> names(Set<WriteTool> tools) {
        return tools.stream().map(WriteTool::name).collect(Collectors.toSet());
    }
}
