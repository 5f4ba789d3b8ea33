package org.ehrhub.routes.fakes;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.json.Seals;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.json.JsonMapper;

/** A hub in memory over a real Camel context; holds every answer that leaves it to its form. */
public final class TestHub implements AutoCloseable {
    /** Who calls unless a test says otherwise. */
    public static final Caller NURSE = new Caller("ann", Set.of("nurse"));
    /** Limits that no test runs into by chance. */
    public static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 64, 0, 16 * 1024);

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private static final byte[] KEY = new byte[32];

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final FakeLedger ledger;
    private final FakeApprovals approvals;
    private final FakeTrail trail = new FakeTrail();
    private final HubRoutes routes;
    private final AnswerForm form = new AnswerForm();
    private final Queue<CallWatch.Ended> watched = new ConcurrentLinkedQueue<>();

    private TestHub(Setting setting) throws Exception {
        ledger = setting.ledger();
        approvals = setting.approvals();
        routes = new HubRoutes(
                camel,
                new HubRoutes.Parts(
                        ToolCatalog.canonical(),
                        ToolCatalog.canonical(),
                        new EhrRegistry(setting.ehrs()),
                        setting.policy(),
                        approvals,
                        Duration.ofHours(1),
                        ledger,
                        setting.writeCounts(),
                        trail,
                        KEY,
                        setting.limits(),
                        watched::add,
                        setting.clock()));
        for (var route : setting.composites()) {
            camel.addRoutes(route);
        }
        camel.start();
    }

    /**
     * What a hub is made of.
     *
     * @param ehrs its EHRs
     * @param policy who may do what
     * @param limits time and size
     * @param ledger its ledger, perhaps one of a hub before it
     * @param composites routes that publish tools
     * @param approvals who has approved what
     * @param writeCounts how many writes were made, perhaps by a hub before it
     * @param clock the time
     */
    public record Setting(
            List<EhrRegistry.Entry> ehrs,
            Policy policy,
            Limits limits,
            FakeLedger ledger,
            List<RouteBuilder> composites,
            FakeApprovals approvals,
            FakeWriteCounts writeCounts,
            InstantSource clock) {
        /** The same with another policy. */
        public Setting with(Policy other) {
            return new Setting(ehrs, other, limits, ledger, composites, approvals, writeCounts, clock);
        }

        /** The same with other limits. */
        public Setting with(Limits other) {
            return new Setting(ehrs, policy, other, ledger, composites, approvals, writeCounts, clock);
        }

        /** The same with a time limit. */
        public Setting within(Duration limit) {
            return with(limits.within(limit));
        }

        /** The same with a ledger that is there already. */
        public Setting with(FakeLedger other) {
            return new Setting(ehrs, policy, limits, other, composites, approvals, writeCounts, clock);
        }

        /** The same with a route. */
        public Setting with(RouteBuilder route) {
            return new Setting(ehrs, policy, limits, ledger, List.of(route), approvals, writeCounts, clock);
        }

        /** The same with approvals that are there already. */
        public Setting with(FakeApprovals other) {
            return new Setting(ehrs, policy, limits, ledger, composites, other, writeCounts, clock);
        }

        /** The same with another clock. */
        public Setting at(InstantSource other) {
            return new Setting(ehrs, policy, limits, ledger, composites, approvals, writeCounts, other);
        }

        /** Starts it. */
        public TestHub start() throws Exception {
            return new TestHub(this);
        }
    }

    /** A hub of these EHRs in which nurses may read, book and cancel. */
    public static Setting of(EhrRegistry.Entry... ehrs) {
        var grants = Arrays.stream(ehrs)
                .map(entry -> new Grant("nurse", entry.ehr(), true, Set.of("appointment.create", "appointment.cancel")))
                .toList();
        return new Setting(
                List.of(ehrs),
                new Policy(grants, Set.of()),
                LIMITS,
                new FakeLedger(),
                List.of(),
                new FakeApprovals(),
                new FakeWriteCounts(),
                InstantSource.system());
    }

    /** Calls a tool with arguments in JSON, in which single quotes will do. */
    public ToolAnswer call(String tool, String arguments) {
        return call(NURSE, tool, arguments);
    }

    /** Calls a tool, has somebody approve it, and calls it again. */
    public ToolAnswer callApproved(String tool, String arguments) {
        var asked = call(tool, arguments);
        if (!code(asked).equals("APPROVAL_REQUIRED")) {
            throw new AssertionError(asked.text());
        }
        var id = asked.json().get("error").get("approval").get("approvalId").stringValue();
        if (approvals.find(id).orElseThrow().state() == org.ehrhub.policy.Approvals.State.ASKED) {
            approvals.approve(id, "bea");
        }
        return call(tool, arguments.replaceAll("}$", ",'approvalId':'" + id + "'}"));
    }

    /** What people were asked to approve. */
    public FakeApprovals approvals() {
        return approvals;
    }

    /** Calls a tool for somebody. */
    public ToolAnswer call(Caller caller, String tool, String arguments) {
        var answer = routes.call(tool, JSON.readTree(arguments), caller);
        ToolCatalog.canonical()
                .find(tool)
                .ifPresentOrElse(known -> form.check(known, answer), () -> form.checkError(answer));
        return answer;
    }

    /** The slotRefs of the free times of an EHR in March 2026. */
    public List<String> slots(String ehr) {
        return call(
                        "slot.search",
                        "{'ehr':'%s','from':'2026-03-01T00:00:00Z','to':'2026-03-31T00:00:00Z'}".formatted(ehr))
                .json()
                .get("items")
                .valueStream()
                .map(row -> row.get("slotRef").stringValue())
                .toList();
    }

    /** A slotRef as the hub would seal it. */
    public String slotRef(String ehr, String content) {
        return ehr + "/slot/" + new Seals(KEY).seal("slot " + ehr, content);
    }

    /** The code of a failure; empty of a success. */
    public static String code(ToolAnswer answer) {
        return answer.json().path("error").path("code").asString("");
    }

    /** Its routes. */
    public HubRoutes routes() {
        return routes;
    }

    /** Its Camel context. */
    public DefaultCamelContext camel() {
        return camel;
    }

    /** Its ledger. */
    public FakeLedger ledger() {
        return ledger;
    }

    /** What whoever watches was told. */
    public Queue<CallWatch.Ended> watched() {
        return watched;
    }

    /** Its audit trail. */
    public FakeTrail trail() {
        return trail;
    }

    @Override
    public void close() {
        routes.close();
        camel.stop();
    }
}
