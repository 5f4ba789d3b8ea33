package org.ehrhub.server;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.CallWatch;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.server.approvals.ApprovalDesk;
import org.ehrhub.server.audit.AuditSocket;
import org.ehrhub.server.channels.HubChannels;
import org.ehrhub.server.channels.MessageDesk;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.server.config.WatchedPolicy;
import org.ehrhub.server.observed.HubMetrics;
import org.ehrhub.server.observed.HubTraces;
import org.ehrhub.server.userlogin.RecordedLogin;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.SealingKey;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running hub, whatever serves it: HTTP, the local socket, stdin or a command. */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final ConnectedEhrs ehrs;
    private final HubRoutes routes;
    private final HubMetrics metrics;
    private final ApprovalDesk desk;
    private final Function<String, Optional<UserLogin>> userLogins;
    private final @Nullable MessageDesk messages;
    private final Deque<AutoCloseable> parts;

    private Hub(ConnectedEhrs ehrs, HubRoutes routes, HubMetrics metrics, People people, Deque<AutoCloseable> parts) {
        this.ehrs = ehrs;
        this.routes = routes;
        this.metrics = metrics;
        this.desk = people.desk();
        this.userLogins = people.logins();
        this.messages = people.messages();
        this.parts = parts;
    }

    /** What people have of a hub, beside agents. */
    private record People(
            ApprovalDesk desk,
            Function<String, Optional<UserLogin>> logins,
            @Nullable MessageDesk messages) {}

    /**
     * Starts a hub; it owns the directory from now on.
     *
     * @throws Exception when a part of it cannot start; then none of it runs
     */
    public static Hub start(Configuration configuration, DataDirectory directory, Clock clock) throws Exception {
        var settings = configuration.settings();
        warnWhereNothingIsAllowed(configuration);
        var opened = new ArrayDeque<AutoCloseable>(List.of(directory));
        try {
            var store = opened(store(settings, directory, clock), opened);
            opened(
                    AuditSocket.open(DataDirectory.auditSocket(directory.path()), store.auditSource(), store.reasons()),
                    opened);
            var policy = WatchedPolicy.of(configuration, clock);
            var ehrs = opened(ConnectedEhrs.open(settings, clock, store.logins()), opened);
            var metrics = new HubMetrics();
            var traces = HubTraces.of(System.getenv(), clock);
            traces.ifPresent(opened::addFirst);
            var parts = new HubRoutes.Parts(
                    ToolCatalog.canonical(),
                    settings.listed(),
                    ehrs.registry(),
                    policy,
                    store.approvals(),
                    settings.approvals().within(),
                    metrics.counted(store.ledger()),
                    store.writeCounts(),
                    metrics.timed(store.audit()),
                    SealingKey.of(directory.path().resolve("sealing.key")),
                    limits(settings),
                    watch(metrics, traces),
                    clock);
            var routes = opened(new HubRoutes(ehrs.camel(), parts), opened);
            metrics.show(routes, ehrs.registry());
            var desk = new ApprovalDesk(store.approvals(), policy, store.audit(), clock);
            var channels = settings.channels().isEmpty() ? null : channels(settings, ehrs, store, metrics, clock);
            var people = new People(desk, logins(ehrs, store, clock), messages(channels, opened));
            return new Hub(ehrs, routes, metrics, people, opened);
        } catch (Exception e) {
            close(opened);
            throw e;
        }
    }

    private static void warnWhereNothingIsAllowed(Configuration configuration) {
        if (configuration.policy().equals(Policy.NOTHING)) {
            LOG.warn(
                    "NOTHING IS ALLOWED: {} names no `policy` file, so every call will be refused",
                    configuration.file());
        }
    }

    private static HubStore store(HubConfig settings, DataDirectory directory, Clock clock) {
        return HubStore.open(
                settings.store().settings(directory.path()),
                directory.path(),
                settings.store().keeping(),
                settings.timeLimit(),
                clock);
    }

    private static <T extends AutoCloseable> T opened(T part, Deque<AutoCloseable> opened) {
        opened.addFirst(part);
        return part;
    }

    private static CallWatch watch(HubMetrics metrics, Optional<HubTraces> traces) {
        return call -> {
            metrics.ended(call);
            traces.ifPresent(one -> one.ended(call));
        };
    }

    private static Limits limits(HubConfig settings) {
        return new Limits(
                settings.timeLimit(),
                Math.toIntExact(settings.maxAnswer().toBytes()),
                settings.limits().ofEhrs(settings.ehrs()),
                settings.limits().ofCaller());
    }

    /** Its tools. */
    public ToolCaller tools() {
        return routes;
    }

    /** Its metrics. */
    HubMetrics metrics() {
        return metrics;
    }

    /** Where people approve its calls. */
    public ApprovalDesk desk() {
        return desk;
    }

    /** Where people look at its messages; empty where it has no channels. */
    public Optional<MessageDesk> messages() {
        return Optional.ofNullable(messages);
    }

    /** How a user logs in to this EHR; empty where that is not how it lets callers in. */
    Optional<UserLogin> userLogin(String ehr) {
        return userLogins.apply(ehr);
    }

    private static @Nullable MessageDesk messages(@Nullable HubChannels channels, Deque<AutoCloseable> opened) {
        return channels == null ? null : opened(channels, opened).desk();
    }

    private static HubChannels channels(
            HubConfig settings, ConnectedEhrs ehrs, HubStore store, HubMetrics metrics, Clock clock) {
        var messages = store.journalDesk();
        var parts = new HubChannels.Parts(store.journal(), messages, store.audit(), clock);
        return HubChannels.start(
                ehrs.camel(),
                settings.channels(),
                parts,
                destinations -> metrics.channels(settings.channels().keySet(), messages, destinations, clock));
    }

    private static Function<String, Optional<UserLogin>> logins(ConnectedEhrs ehrs, HubStore store, Clock clock) {
        return ehr -> ehrs.registry()
                .find(ehr)
                .flatMap(entry -> entry.adapter().userLogin())
                .map(login -> new RecordedLogin(login, ehr, store.audit(), clock));
    }

    /** Its EHRs. */
    public EhrRegistry ehrs() {
        return ehrs.registry();
    }

    /** Whether calls can be taken; an EHR that is down does not matter to that. */
    public boolean isReady() {
        var routesRun = ehrs.camel().getRoutes().stream()
                .allMatch(route -> ehrs.camel()
                        .getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted());
        return ehrs.camel().getStatus().isStarted() && routesRun;
    }

    /** Stops it: the routes first, then what they use, last the lock on the data directory. */
    @Override
    public void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            var part = parts.removeFirst();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop cleanly", part.getClass().getSimpleName(), e);
            }
        }
    }
}
