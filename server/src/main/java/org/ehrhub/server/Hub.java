package org.ehrhub.server;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.policy.Policy;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.server.audit.AuditSocket;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.server.config.WatchedPolicy;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.SealingKey;
import org.ehrhub.tools.ToolCatalog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running hub, whatever serves it: HTTP, the local socket, stdin or a command. */
public final class Hub implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Hub.class);

    private final ConnectedEhrs ehrs;
    private final HubRoutes routes;
    private final Deque<AutoCloseable> parts;

    private Hub(ConnectedEhrs ehrs, HubRoutes routes, Deque<AutoCloseable> parts) {
        this.ehrs = ehrs;
        this.routes = routes;
        this.parts = parts;
    }

    /**
     * Starts a hub; it owns the directory from now on.
     *
     * @throws Exception when a part of it cannot start; then none of it runs
     */
    public static Hub start(Configuration configuration, DataDirectory directory, Clock clock) throws Exception {
        var settings = configuration.settings();
        if (configuration.policy().equals(Policy.NOTHING)) {
            LOG.warn(
                    "NOTHING IS ALLOWED: {} names no `policy` file, so every call will be refused",
                    configuration.file());
        }
        var opened = new ArrayDeque<AutoCloseable>(List.of(directory));
        try {
            var store = opened(
                    HubStore.open(
                            settings.store().settings(directory.path()),
                            directory.path(),
                            settings.store().keeping(),
                            clock),
                    opened);
            opened(AuditSocket.open(DataDirectory.auditSocket(directory.path()), store.auditSource()), opened);
            var ehrs = opened(ConnectedEhrs.open(settings, clock, store.logins()), opened);
            var parts = new HubRoutes.Parts(
                    ToolCatalog.canonical(),
                    settings.listed(),
                    ehrs.registry(),
                    WatchedPolicy.of(configuration, clock),
                    store.approvals(),
                    settings.approvals().within(),
                    store.ledger(),
                    store.writeCounts(),
                    store.audit(),
                    SealingKey.of(directory.path().resolve("sealing.key")),
                    limits(settings),
                    clock);
            var routes = opened(new HubRoutes(ehrs.camel(), parts), opened);
            return new Hub(ehrs, routes, opened);
        } catch (Exception e) {
            close(opened);
            throw e;
        }
    }

    private static <T extends AutoCloseable> T opened(T part, Deque<AutoCloseable> opened) {
        opened.addFirst(part);
        return part;
    }

    private static Limits limits(HubConfig settings) {
        return new Limits(
                settings.timeLimit(),
                Math.toIntExact(settings.maxAnswer().toBytes()),
                settings.limits().ofEhr(),
                settings.limits().ofCaller());
    }

    /** Its tools. */
    public ToolCaller tools() {
        return routes;
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
