package org.ehrhub.server.adversarial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.policy.IdempotencyLedger;
import org.ehrhub.policy.WriteCounts;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.server.ConnectedEhrs;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A hub configured as people configure one, in which everybody may do everything and a person approves it all at once. */
final class StubbedHub implements AutoCloseable {
    static final Caller ANN = new Caller("ann", Set.of("local"));
    static final Caller EVE = new Caller("eve", Set.of("local"));
    static final JsonMapper JSON = new JsonMapper();

    private final AnswerForm form = new AnswerForm();
    private final ConnectedEhrs ehrs;
    private final HubRoutes routes;
    private final AtomicReference<Duration> later;

    private StubbedHub(ConnectedEhrs ehrs, HubRoutes routes, AtomicReference<Duration> later) {
        this.ehrs = ehrs;
        this.routes = routes;
        this.later = later;
    }

    /** A hub with these FHIR R4 servers as its EHRs. */
    static StubbedHub of(Path folder, Map<String, String> baseUrls) throws Exception {
        return of(written(folder, baseUrls));
    }

    /** A hub with one FHIR R4 server, with more settings of it, in which everybody may read everything and no more. */
    static StubbedHub reading(Path folder, String baseUrl, String more) throws Exception {
        Files.writeString(folder.resolve("policy.yaml"), """
                allow:
                  - ehr: a
                    reads: true
                    sensitive: [all]
                """);
        return of(Files.writeString(
                folder.resolve("ehr-hub.yaml"),
                "policy: policy.yaml\ntime-limit: 20s\nehrs:\n  a:\n    type: fhir-r4\n    base-url: %s\n%s"
                        .formatted(baseUrl, more)));
    }

    private static StubbedHub of(Path file) throws Exception {
        var configuration = Configuration.load(file);
        var later = new AtomicReference<>(Duration.ZERO);
        InstantSource clock = () -> Instant.now().plus(later.get());
        var ehrs = ConnectedEhrs.open(configuration.settings(), clock.withZone(ZoneOffset.UTC));
        var key = new byte[32];
        new SecureRandom().nextBytes(key);
        var parts = new HubRoutes.Parts(
                ToolCatalog.canonical(),
                ToolCatalog.canonical(),
                ehrs.registry(),
                configuration.policy(),
                new Agreeable(),
                Duration.ofHours(1),
                new Forgetful(),
                new Forgetful(),
                new Forgetful(),
                key,
                new Limits(configuration.settings().timeLimit(), 64, 0, Limits.DEFAULT.answerBytes()),
                CallWatch.NONE,
                clock);
        return new StubbedHub(ehrs, new HubRoutes(ehrs.camel(), parts), later);
    }

    /** Lets time pass. */
    void pass(Duration time) {
        later.updateAndGet(time::plus);
    }

    ToolAnswer call(String tool, JsonNode arguments) {
        return called(ANN, tool, arguments);
    }

    /** Calls with arguments in JSON, in which single quotes will do. */
    ToolAnswer call(Caller caller, String tool, String arguments) {
        return called(caller, tool, JSON.readTree(arguments.replace('\'', '"')));
    }

    /** Calls again with the approval where one is needed: everything is approved here. */
    private ToolAnswer called(Caller caller, String tool, JsonNode arguments) {
        var answer = form.checked(tool, routes.call(tool, arguments, caller));
        var approval = answer.json().path("error").path("approval").path("approvalId");
        return approval.isMissingNode()
                ? answer
                : form.checked(
                        tool,
                        routes.call(
                                tool,
                                ((ObjectNode) arguments.deepCopy()).put("approvalId", approval.stringValue()),
                                caller));
    }

    ToolAnswer call(String tool, String arguments) {
        return call(ANN, tool, arguments);
    }

    /** The code of a failure; empty of a success. */
    static String code(ToolAnswer answer) {
        return answer.json().path("error").path("code").asString("");
    }

    @Override
    public void close() {
        routes.close();
        ehrs.close();
    }

    private static Path written(Path folder, Map<String, String> baseUrls) throws IOException {
        var writes = ToolCatalog.canonical().tools().stream()
                .filter(tool -> tool.risk() != Risk.READ)
                .map(CanonicalTool::name)
                .collect(Collectors.joining(", "));
        var hub = new StringBuilder("policy: policy.yaml\ntime-limit: 20s\nehrs:\n");
        var policy = new StringBuilder("approvers: [{role: physician}]\nallow:\n");
        baseUrls.forEach((ehr, url) -> {
            hub.append("  %s:%n    type: fhir-r4%n    base-url: %s%n".formatted(ehr, url));
            policy.append("  - ehr: %s%n    reads: true%n    writes: [%s]%n".formatted(ehr, writes));
        });
        Files.writeString(folder.resolve("policy.yaml"), policy);
        return Files.writeString(folder.resolve("ehr-hub.yaml"), hub);
    }

    /** A ledger and a trail that keep nothing: every call is the first. */
    private static final class Forgetful implements IdempotencyLedger, WriteCounts, AuditTrail {
        @Override
        public Claim claim(String key, String digest) {
            return Claim.NEW;
        }

        @Override
        public void settle(String key, Outcome outcome) {}

        @Override
        public Optional<String> take(LocalDate day, List<Quota> quotas) {
            return Optional.empty();
        }

        @Override
        public void giveBack(LocalDate day, List<Quota> quotas) {}

        @Override
        public int used(LocalDate day, String name) {
            return 0;
        }

        @Override
        public void keep(Entry entry) {}

        @Override
        public void close() {}
    }
}
