package org.ehrhub.server.config;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.BreakGlass;
import org.ehrhub.policy.ConsentNeed;
import org.ehrhub.server.config.PolicyRules.Times;
import org.ehrhub.server.config.PolicyWords.KnownEhr;
import org.ehrhub.server.config.PolicyWords.Purpose;
import org.ehrhub.server.config.PolicyWords.Role;
import org.ehrhub.server.config.PolicyWords.SensitiveWord;
import org.ehrhub.server.config.PolicyWords.ToolWord;
import org.ehrhub.tools.Sensitivity;
import org.jspecify.annotations.Nullable;

/** The rules of a policy file on charts that are closed, as they are written, and what they come to. */
final class PolicyCharts {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(1);

    private PolicyCharts() {}

    /** How much a patient's consent counts. */
    enum Mode {
        DENY,
        REQUIRED
    }

    /**
     * Who may open a closed chart by saying why.
     *
     * @param place where it stands
     * @param role the callers' role
     * @param roles or one of these
     * @param ehr the EHR
     * @param ehrs or one of these
     * @param tools tools that read, by name; or {@code reads}; or a profile, which stands for its reads
     * @param purposes the purposes of use; BTG and ETREAT unless given
     * @param sensitive what is shown of the chart; what is restricted or very restricted unless given
     * @param times when it applies; always unless given
     * @param lasts for how long after the person said why
     */
    record BreakGlassRule(
            Place place,
            @Nullable Role role,
            Set<Role> roles,
            @Nullable KnownEhr ehr,
            Set<KnownEhr> ehrs,
            Set<ToolWord> tools,
            Set<Purpose> purposes,
            Set<SensitiveWord> sensitive,
            List<Times> times,
            @Default("15m") Duration lasts) {
        /** Refuses what cannot be held to. */
        BreakGlassRule {
            PolicyRules.onlyOne(role, roles, ehr, ehrs);
            PolicyRules.refuseIf(role == null && roles.isEmpty(), "role is missing; say who may open closed charts");
            PolicyRules.refuseIf(ehr == null && ehrs.isEmpty(), "ehr is missing; add it");
            PolicyRules.refuseIf(tools.isEmpty(), "tools is missing; name the tools that read");
            PolicyRules.refuseIf(
                    tools.stream()
                            .anyMatch(word -> !word.reads()
                                    && (word.byName() || word.word().equals("writes"))),
                    "tools may hold only what reads: a closed chart is opened to be read");
            PolicyRules.refuseIf(
                    lasts.compareTo(SHORTEST) < 0 || lasts.compareTo(LONGEST) > 0, "lasts must be from 1m to 1h");
        }

        BreakGlass compiled(Set<String> allEhrs) {
            var stated = PolicyRules.codes(purposes);
            var reads = PolicyWords.names(true);
            return new BreakGlass(
                    place.line(),
                    PolicyRules.condition(role, roles, ehr == null ? ehrs : Set.of(ehr), allEhrs, times),
                    tools.stream()
                            .flatMap(word -> word.tools().stream())
                            .filter(reads::contains)
                            .collect(Collectors.toSet()),
                    stated.isEmpty() ? Set.of("BTG", "ETREAT") : stated,
                    sensitive.isEmpty()
                            ? Set.of(Sensitivity.RESTRICTED, Sensitivity.VERY_RESTRICTED)
                            : reasons(sensitive),
                    lasts);
        }
    }

    /**
     * Where patients' consents count.
     *
     * @param place where it stands
     * @param ehr the EHR
     * @param ehrs or these
     * @param mode {@code deny} closes charts by a consent that denies; {@code required} also those without one that permits
     */
    record ConsentRule(Place place, @Nullable KnownEhr ehr, Set<KnownEhr> ehrs, Mode mode) {
        /** Refuses what cannot be held to. */
        ConsentRule {
            PolicyRules.onlyOne(null, Set.of(), ehr, ehrs);
            PolicyRules.refuseIf(ehr == null && ehrs.isEmpty(), "ehr is missing; add it");
        }

        ConsentNeed need() {
            return ConsentNeed.valueOf(mode.name());
        }

        Stream<String> names(Set<String> allEhrs) {
            var named = Stream.concat(Stream.ofNullable(ehr), ehrs.stream()).toList();
            return named.stream().anyMatch(KnownEhr::isEvery)
                    ? allEhrs.stream()
                    : named.stream().map(KnownEhr::name);
        }
    }

    static Set<Sensitivity> reasons(Collection<SensitiveWord> words) {
        return words.stream().flatMap(word -> word.reasons().stream()).collect(Collectors.toSet());
    }
}
