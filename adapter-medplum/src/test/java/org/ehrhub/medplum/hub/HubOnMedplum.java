package org.ehrhub.medplum.hub;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.StoredQuery;
import org.ehrhub.medplum.MedplumAdapterFactory;
import org.ehrhub.medplum.MedplumConfig;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.agents.AgentSettings;
import org.ehrhub.medplum.bots.BotSettings;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.medplum.stub.ModesBot;
import org.ehrhub.medplum.stub.Receiver;
import org.ehrhub.policy.Approvals.Verdict;
import org.ehrhub.policy.ChartRules;
import org.ehrhub.policy.Condition;
import org.ehrhub.policy.Policy;
import org.ehrhub.policy.Policy.Approver;
import org.ehrhub.policy.Policy.Grant;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.limits.Share;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.StoreSettings;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ToolCatalog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A hub with its real routes and its real store in front of the stub, whose settings allow all that settings can: a bot, a
 * receiver behind an agent, operations that read and operations that do not, a stored query.
 */
final class HubOnMedplum implements AutoCloseable {
    static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration LONG = Duration.ofDays(30);
    private static final Caller READER = new Caller("ada", Set.of("reader"));
    private static final Caller SENDER = new Caller("sam", Set.of("sender"));
    /** No pace: on a quick machine it would keep most calls of a test from being made. */
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(20), 64 * 1024, Share.EHR, Share.OPEN);

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final EhrRegistry ehrs;
    private final HubStore store;
    private final HubRoutes routes;

    private HubOnMedplum(MedplumConfig config, Path folder) throws Exception {
        camel.disableJMX();
        var adapter = new MedplumAdapterFactory()
                .create(MedplumEhr.NAME, config, new AdapterContext(camel, Clock.systemUTC()));
        ehrs = new EhrRegistry(List.of(new EhrRegistry.Entry(MedplumEhr.NAME, "medplum", adapter)));
        store = HubStore.open(
                StoreSettings.in(folder),
                folder,
                new HubStore.Keeping(LONG, LONG),
                LIMITS.timeLimit(),
                Clock.systemUTC());
        camel.start();
        routes = new HubRoutes(
                camel,
                new HubRoutes.Parts(
                        ToolCatalog.canonical(),
                        ToolCatalog.canonical(),
                        ehrs,
                        policy(),
                        store.approvals(),
                        Duration.ofHours(1),
                        store.ledger(),
                        store.writeCounts(),
                        store.audit(),
                        new byte[32],
                        LIMITS,
                        call -> {},
                        Clock.systemUTC()));
    }

    /**
     * What is behind a hub.
     *
     * @param stub the Medplum
     * @param config the hub's settings of it
     * @param bot the id of the bot
     * @param lab who is at the far end of the agent
     */
    record Behind(MedplumStub stub, MedplumConfig config, String bot, Receiver lab) implements AutoCloseable {
        static Behind start() {
            var stub = MedplumStub.start();
            var bot = stub.bots().add("nightly", new ModesBot());
            var agent = stub.agents().add("site");
            var device = stub.agents().device("mllp://lab.example:2575").replaceFirst("^Device/", "");
            var config = TestSettings.of(stub.base(), stub.client())
                    .operations(
                            new Operation("Patient/$everything", true),
                            new Operation("Patient/$renew", null),
                            new Operation("Patient/$merge", false))
                    .graphql(new StoredQuery("chart", "query Chart($patient: ID!) { Patient(id: $patient) { id } }"))
                    .agents(Map.of("lab", new AgentSettings(agent, device, null, Duration.ofSeconds(1))))
                    .bots(Map.of("nightly", new BotSettings(bot, null, null, null, null, true)))
                    .config();
            return new Behind(stub, config, bot, stub.agents().receiver("mllp://lab.example:2575"));
        }

        /** A hub that keeps what it knows in this folder. */
        HubOnMedplum hub(Path folder) throws Exception {
            return new HubOnMedplum(config, folder);
        }

        @Override
        public void close() {
            stub.close();
        }
    }

    /** Who reads may read everything; who sends may send messages besides, and approves them. */
    private static Policy policy() {
        var everyone = new Condition(Set.of("*"), Set.of(MedplumEhr.NAME), List.of());
        return new Policy(
                List.of(
                        new Grant("reader", MedplumEhr.NAME, true, Set.of()),
                        new Grant("sender", MedplumEhr.NAME, true, Set.of("hl7v2.send"))),
                List.of(),
                Set.of(),
                Set.of(),
                ChartRules.NONE,
                List.of(new Approver(0, everyone, Set.of("hl7v2.send"))));
    }

    /** What a caller who may only read is answered. */
    ToolAnswer read(String tool, JsonNode arguments) {
        return routes.call(tool, arguments, READER);
    }

    /** What a caller who may send messages is answered once a person has approved, where one must. */
    ToolAnswer send(ObjectNode arguments) {
        var answer = routes.call("hl7v2.send", arguments, SENDER);
        var id = answer.json().path("error").path("approval").path("approvalId").asString("");
        if (id.isEmpty()) {
            return answer;
        }
        store.approvals().decide(id, new Verdict(true, SENDER.principal(), null));
        return routes.call("hl7v2.send", arguments.deepCopy().put("approvalId", id), SENDER);
    }

    /** The code of a failure; empty of a success. */
    static String code(ToolAnswer answer) {
        return answer.json().path("error").path("code").asString("");
    }

    @Override
    public void close() {
        routes.close();
        camel.stop();
        ehrs.close();
        store.close();
    }
}
