package org.ehrhub.server;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.sandbox.Sandbox;
import org.ehrhub.server.config.HubConfig;
import org.jspecify.annotations.Nullable;

/** The EHRs of a configuration, ready to be called: the sandbox if there is one, a Camel context, and the adapters. */
public final class ConnectedEhrs implements AutoCloseable {
    private static final int SHUTDOWN_SECONDS = 10;
    private static final Duration FIRST_LOOK = Duration.ofSeconds(10);

    private final @Nullable Sandbox sandbox;
    private final CamelContext camel;
    private final EhrRegistry registry;
    private final ExecutorService looking = Executors.newVirtualThreadPerTaskExecutor();

    private ConnectedEhrs(@Nullable Sandbox sandbox, CamelContext camel, EhrRegistry registry) {
        this.sandbox = sandbox;
        this.camel = camel;
        this.registry = registry;
    }

    /** Starts what the settings name without its users' logins. */
    public static ConnectedEhrs open(HubConfig settings, Clock clock) {
        return open(settings, clock, KeptLogins.inMemory());
    }

    /** Starts what the settings name; the EHRs themselves need not be reachable. */
    public static ConnectedEhrs open(HubConfig settings, Clock clock, KeptLogins logins) {
        var starting = CompletableFuture.supplyAsync(
                () -> startSandbox(settings.sandbox(), clock), Thread.ofPlatform()::start);
        var camel = startCamel();
        var entries = new ArrayList<EhrRegistry.Entry>();
        Sandbox sandbox = null;
        try {
            sandbox = join(starting);
            add(settings, sites(sandbox), new AdapterContext(camel, clock, logins), entries);
            var ehrs = new ConnectedEhrs(sandbox, camel, new EhrRegistry(entries));
            ehrs.look();
            return ehrs;
        } catch (RuntimeException e) {
            new ConnectedEhrs(sandbox, camel, new EhrRegistry(entries)).close();
            throw e;
        }
    }

    private static void add(
            HubConfig settings, UnaryOperator<String> sites, AdapterContext context, List<EhrRegistry.Entry> entries) {
        settings.ehrs()
                .forEach((ehr, own) ->
                        entries.add(new EhrRegistry.Entry(ehr, own.type(), own.open(ehr, sites, context))));
    }

    private static UnaryOperator<String> sites(@Nullable Sandbox sandbox) {
        return site -> sandbox == null ? "" : sandbox.baseUrl(site).toString();
    }

    private static @Nullable Sandbox startSandbox(HubConfig.@Nullable Sandbox settings, Clock clock) {
        return settings == null ? null : Sandbox.start(settings.port(), clock);
    }

    private static @Nullable Sandbox join(CompletableFuture<@Nullable Sandbox> starting) {
        try {
            return starting.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static CamelContext startCamel() {
        var camel = new DefaultCamelContext();
        camel.getCamelContextExtension().setName("ehr-hub");
        camel.disableJMX();
        camel.getShutdownStrategy().setTimeout(SHUTDOWN_SECONDS);
        camel.start();
        return camel;
    }

    /** Lets each adapter look what its EHR supports, so that it offers no more; nobody waits for it. */
    private void look() {
        registry.all().forEach(entry -> looking.execute(() -> entry.adapter().probe(FIRST_LOOK)));
    }

    /** Waits until each adapter has looked, or for so long. */
    boolean hasLooked(Duration within) throws InterruptedException {
        looking.shutdown();
        return looking.awaitTermination(within.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The EHRs. */
    public EhrRegistry registry() {
        return registry;
    }

    /** The context that everything of Camel runs in. */
    public CamelContext camel() {
        return camel;
    }

    @Override
    public void close() {
        looking.shutdownNow();
        looking.close();
        camel.stop();
        registry.close();
        if (sandbox != null) {
            sandbox.close();
        }
    }
}
