package org.ehrhub.benchmarks.overhead;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.benchmarks.processes.PostgresServer;
import org.ehrhub.policy.AuditTrail;
import org.ehrhub.routes.HubRoutes;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.routes.steps.Limits;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.store.HubStore;
import org.ehrhub.store.OwnerFile;
import org.ehrhub.store.StoreSettings;
import org.ehrhub.tools.ToolCatalog;
import org.jspecify.annotations.Nullable;

/** The chain of a call, once for each way in which its audit record is kept. */
final class Chains implements AutoCloseable {
    private static final Clock CLOCK = Clock.systemUTC();
    private static final HubStore.Keeping KEEPING = new HubStore.Keeping(Duration.ofDays(30), Duration.ofDays(30));

    private final Configuration configuration;
    private final EhrRegistry ehrs;
    private final List<Chain> all = new ArrayList<>();
    private final Deque<Runnable> stops = new ArrayDeque<>();

    private Chains(Configuration configuration, EhrRegistry ehrs) {
        this.configuration = configuration;
        this.ehrs = ehrs;
    }

    /**
     * One of them.
     *
     * @param durable whether the record is on the disk before the answer leaves
     */
    record Chain(String name, boolean durable, ToolCaller tools) {}

    /** Chains over these EHRs. */
    static Chains of(Configuration configuration, EhrRegistry ehrs, PostgresServer postgres) throws Exception {
        var chains = new Chains(configuration, ehrs);
        var folder = Objects.requireNonNull(configuration.file().getParent());
        var file = chains.store("h2", folder, null);
        var server = chains.store("postgresql", folder, postgres.settings());
        chains.add(new Chain("none", false, chains.routes(file, new NoTrail())));
        chains.add(new Chain("on the disk, H2", true, chains.routes(file, file.audit())));
        chains.add(new Chain("on the disk, PostgreSQL", true, chains.routes(server, server.audit())));
        return chains;
    }

    private void add(Chain chain) {
        all.add(chain);
    }

    /** The chains, none without its record first. */
    List<Chain> all() {
        return List.copyOf(all);
    }

    private HubStore store(String name, Path folder, @Nullable StoreSettings settings) throws IOException {
        var data = folder.resolve(name);
        OwnerFile.folder(data);
        var store = HubStore.open(
                settings == null ? StoreSettings.in(data) : settings,
                data,
                KEEPING,
                configuration.settings().timeLimit(),
                CLOCK);
        stops.addFirst(store::close);
        return store;
    }

    private ToolCaller routes(HubStore store, AuditTrail audit) throws Exception {
        var camel = new DefaultCamelContext();
        camel.disableJMX();
        camel.start();
        stops.addFirst(camel::stop);
        var routes = new HubRoutes(
                camel,
                new HubRoutes.Parts(
                        ToolCatalog.canonical(),
                        ToolCatalog.canonical(),
                        ehrs,
                        configuration.policy(),
                        store.approvals(),
                        Duration.ofHours(1),
                        store.ledger(),
                        store.writeCounts(),
                        audit,
                        new byte[32],
                        limits(),
                        call -> {},
                        CLOCK));
        stops.addFirst(routes::close);
        return routes;
    }

    private Limits limits() {
        var settings = configuration.settings();
        return new Limits(
                settings.timeLimit(),
                Math.toIntExact(settings.maxAnswer().toBytes()),
                settings.limits().ofEhrs(settings.ehrs()),
                settings.limits().ofCaller());
    }

    /** Forgets each record. */
    private static final class NoTrail implements AuditTrail {
        @Override
        public void keep(Entry entry) {}

        @Override
        public void close() {}
    }

    @Override
    public void close() {
        while (!stops.isEmpty()) {
            stops.removeFirst().run();
        }
    }
}
