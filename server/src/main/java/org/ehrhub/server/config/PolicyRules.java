package org.ehrhub.server.config;

import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ehrhub.policy.ApprovalNeed;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Hours;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.SmartScope;
import org.ehrhub.policy.VisibleFields;
import org.ehrhub.server.config.PolicyWords.KnownEhr;
import org.ehrhub.server.config.PolicyWords.Purpose;
import org.ehrhub.server.config.PolicyWords.Role;
import org.ehrhub.server.config.PolicyWords.SensitiveWord;
import org.ehrhub.server.config.PolicyWords.Span;
import org.ehrhub.server.config.PolicyWords.ToolWord;
import org.ehrhub.server.config.PolicyWords.WriteTool;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.FieldGroup;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/** The rules of a policy file as they are written, and what they come to. */
final class PolicyRules {
    private PolicyRules() {}

    /** Which patients a rule is for. */
    enum Patients {
        ANY,
        OWN
    }

    /** The approval that a rule asks for. */
    enum Approvals {
        NONE,
        PERSON,
        FOUR_EYES
    }

    /** A day of the week. */
    enum Day {
        MON(DayOfWeek.MONDAY),
        TUE(DayOfWeek.TUESDAY),
        WED(DayOfWeek.WEDNESDAY),
        THU(DayOfWeek.THURSDAY),
        FRI(DayOfWeek.FRIDAY),
        SAT(DayOfWeek.SATURDAY),
        SUN(DayOfWeek.SUNDAY);

        private final DayOfWeek day;

        Day(DayOfWeek day) {
            this.day = day;
        }
    }

    /**
     * A part of the week.
     *
     * @param days the days; every day unless given
     * @param hours the hours; the whole day unless given
     * @param zone on whose clocks
     */
    record Times(Set<Day> days, @Nullable Span hours, ZoneId zone) {
        Hours compiled() {
            var on = (days.isEmpty() ? EnumSet.allOf(Day.class) : days)
                    .stream().map(day -> day.day).collect(Collectors.toSet());
            return hours == null
                    ? new Hours(on, LocalTime.MIDNIGHT, LocalTime.MIDNIGHT, zone)
                    : new Hours(on, hours.from(), hours.to(), zone);
        }
    }

    /**
     * What some callers may do on some EHRs.
     *
     * @param place where it stands
     * @param role the callers' role; every caller unless given
     * @param roles or one of these
     * @param scopes SMART scopes that the token holds; alone, every read that they permit is allowed
     * @param ehr the EHR, or {@code *} for every one in a rule that only reads
     * @param ehrs or one of these
     * @param reads whether every read is allowed
     * @param writes the writes that are allowed
     * @param tools tools by name; or {@code reads}; or a profile, which stands for its reads
     * @param fields the groups of fields that are shown; all unless given
     * @param sensitive what is shown although it is sensitive; nothing unless given
     * @param patients {@code own} for callers who are bound to patients
     * @param purposes the purposes of use, of which the caller states one
     * @param times when it applies; always unless given
     * @param approval the approval that a call needs
     */
    record AllowRule(
            Place place,
            @Nullable Role role,
            Set<Role> roles,
            Set<SmartScope> scopes,
            @Nullable KnownEhr ehr,
            Set<KnownEhr> ehrs,
            @Default("false") boolean reads,
            Set<WriteTool> writes,
            Set<ToolWord> tools,
            Set<FieldGroup> fields,
            Set<SensitiveWord> sensitive,
            @Default("any") Patients patients,
            Set<Purpose> purposes,
            List<Times> times,
            @Default("none") Approvals approval) {
        /** Refuses what cannot be held to. */
        AllowRule {
            onlyOne(role, roles, ehr, ehrs);
            refuseIf(ehr == null && ehrs.isEmpty(), "ehr is missing; add it");
            refuseIf(
                    !reads && writes.isEmpty() && tools.isEmpty() && scopes.isEmpty(),
                    "allows nothing; give it `reads`, `writes`, `tools` or `scopes`, or remove it");
            refuseIf(
                    tools.stream().anyMatch(word -> word.word().equals("writes")),
                    "tools may not hold `writes` here: name the writes that are allowed one by one");
            var names = tools(reads, scopes, writes, tools);
            var onEvery = Stream.concat(Stream.ofNullable(ehr), ehrs.stream()).anyMatch(KnownEhr::isEvery);
            refuseIf(
                    onEvery && !PolicyWords.names(true).containsAll(names),
                    "ehr is `*`, which is for rules that only read; name the EHRs where something is written");
            refuseIf(
                    patients == Patients.OWN
                            && !scopes.isEmpty()
                            && scopes.stream().allMatch(scope -> scope.level().equals("system")),
                    "patients is `own`, and a login with system scopes has none; remove one of the two");
            scopes.forEach(scope -> refuseIf(
                    names.stream().noneMatch(name -> scope.helps(tool(name))),
                    "scopes holds " + scope + ", which no tool of this rule takes; remove it"));
            checkFields(fields, names);
            namedReads(tools)
                    .forEach(name -> refuseIf(
                            !fields.isEmpty() && !VisibleFields.shows(tool(name).output(), others(fields)),
                            "fields shows nothing of " + name + "; add a group, or remove the tool"));
        }

        Policy.Grant compiled(Set<String> allEhrs) {
            return new Policy.Grant(
                    place.line(),
                    condition(role, roles, ehr == null ? ehrs : Set.of(ehr), allEhrs, times),
                    tools(reads, scopes, writes, tools),
                    List.copyOf(scopes),
                    fields.isEmpty() ? EnumSet.allOf(FieldGroup.class) : fields,
                    patients == Patients.OWN,
                    codes(purposes),
                    ApprovalNeed.valueOf(approval.name()),
                    PolicyCharts.reasons(sensitive));
        }

        private static Set<String> tools(
                boolean reads, Set<SmartScope> scopes, Set<WriteTool> writes, Set<ToolWord> words) {
            var names = new HashSet<String>();
            if (reads || (!scopes.isEmpty() && words.isEmpty())) {
                names.addAll(PolicyWords.names(true));
            }
            writes.forEach(tool -> names.add(tool.name()));
            words.forEach(word -> word.tools().stream()
                    .filter(name -> word.byName() || PolicyWords.names(true).contains(name))
                    .forEach(names::add));
            return names;
        }

        private static Stream<String> namedReads(Set<ToolWord> words) {
            return words.stream().filter(word -> word.byName() && word.reads()).flatMap(word -> word.tools().stream());
        }
    }

    /**
     * What some callers may not do or see, whatever else allows it.
     *
     * @param place where it stands
     * @param role the callers' role; every caller unless given
     * @param roles or one of these
     * @param ehr the EHR; every one unless given
     * @param ehrs or one of these
     * @param tools tools by name; or {@code reads}, {@code writes} or a profile; every one unless given
     * @param fields the groups of fields that are withheld; unless given, or `sensitive`, the tools are denied
     * @param sensitive what is hidden because it is sensitive
     * @param purposes the purposes of use; whoever states none is meant as well
     * @param times when it applies; always unless given
     */
    record DenyRule(
            Place place,
            @Nullable Role role,
            Set<Role> roles,
            @Nullable KnownEhr ehr,
            Set<KnownEhr> ehrs,
            Set<ToolWord> tools,
            Set<FieldGroup> fields,
            Set<SensitiveWord> sensitive,
            Set<Purpose> purposes,
            List<Times> times) {
        /** Refuses what cannot be held to. */
        DenyRule {
            onlyOne(role, roles, ehr, ehrs);
            var isEmpty = role == null
                    && ehr == null
                    && Stream.of(roles, ehrs, tools, fields, sensitive, purposes, times)
                            .allMatch(Collection::isEmpty);
            refuseIf(isEmpty, "denies everything to everybody; say to whom, where or what, or remove it");
            checkFields(fields, tools(tools));
        }

        Policy.Denial compiled(Set<String> allEhrs) {
            var named = ehr == null ? ehrs : Set.of(ehr);
            return new Policy.Denial(
                    place.line(),
                    condition(role, roles, named.isEmpty() ? Set.of(new KnownEhr("*")) : named, allEhrs, times),
                    tools(tools),
                    fields,
                    codes(purposes),
                    PolicyCharts.reasons(sensitive));
        }

        private static Set<String> tools(Set<ToolWord> words) {
            return (words.isEmpty()
                            ? Stream.of(true, false).flatMap(reads -> PolicyWords.names(reads).stream())
                            : words.stream().flatMap(word -> word.tools().stream()))
                    .collect(Collectors.toSet());
        }
    }

    static void onlyOne(@Nullable Role role, Set<Role> roles, @Nullable KnownEhr ehr, Set<KnownEhr> ehrs) {
        refuseIf(role != null && !roles.isEmpty(), "roles stands beside `role`; keep one of the two");
        refuseIf(ehr != null && !ehrs.isEmpty(), "ehrs stands beside `ehr`; keep one of the two");
    }

    private static void checkFields(Set<FieldGroup> fields, Set<String> names) {
        fields.forEach(group -> refuseIf(
                names.stream()
                        .map(PolicyRules::tool)
                        .noneMatch(tool -> tool.isConnector()
                                || VisibleFields.groups(tool.output()).contains(group)),
                "fields holds " + group.name().toLowerCase(Locale.ROOT)
                        + ", which no tool of this rule answers with; remove it"));
    }

    static Condition condition(
            @Nullable Role role, Set<Role> roles, Set<KnownEhr> ehrs, Set<String> allEhrs, List<Times> times) {
        var names = role == null ? roles.stream().map(Role::name) : Stream.of(role.name());
        var who = names.collect(Collectors.toSet());
        var where = ehrs.stream().anyMatch(KnownEhr::isEvery)
                ? allEhrs
                : ehrs.stream().map(KnownEhr::name).collect(Collectors.toSet());
        return new Condition(
                who.isEmpty() ? Set.of("*") : who,
                where,
                times.stream().map(Times::compiled).toList());
    }

    static Set<String> codes(Set<Purpose> purposes) {
        return purposes.stream().map(Purpose::code).collect(Collectors.toSet());
    }

    private static Set<FieldGroup> others(Set<FieldGroup> fields) {
        var others = EnumSet.allOf(FieldGroup.class);
        others.removeAll(fields);
        return others;
    }

    private static CanonicalTool<?, ?> tool(String name) {
        return ToolCatalog.canonical().find(name).orElseThrow();
    }

    static void refuseIf(boolean wrong, String words) {
        if (wrong) {
            throw new IllegalArgumentException(words);
        }
    }
}
