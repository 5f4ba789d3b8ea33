package org.ehrhub.server;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.ehrhub.routes.ToolAnswer;
import org.ehrhub.routes.ToolCaller;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.TraceContext;
import tools.jackson.databind.JsonNode;

/** A hub that starts while what serves it starts too; calls that come before it is ready wait for it. */
public final class StartingHub implements ToolCaller, AutoCloseable {
    private final ToolCatalog catalog;
    private final CompletableFuture<Hub> hub;
    private final boolean showsMetrics;

    private StartingHub(ToolCatalog catalog, CompletableFuture<Hub> hub, boolean showsMetrics) {
        this.catalog = catalog;
        this.hub = hub;
        this.showsMetrics = showsMetrics;
    }

    /** Whether its metrics may be read over HTTP. */
    boolean showsMetrics() {
        return showsMetrics;
    }

    /** Begins to start a hub, which owns the directory from now on. */
    public static StartingHub of(Configuration configuration, DataDirectory directory) {
        return new StartingHub(
                configuration.settings().listed(),
                CompletableFuture.supplyAsync(
                        () -> start(configuration, directory),
                        start -> Thread.ofPlatform().name("hub-start").start(start)),
                configuration.settings().server().metrics());
    }

    private static Hub start(Configuration configuration, DataDirectory directory) {
        try {
            return Hub.start(configuration, directory, Clock.tickMillis(ZoneOffset.UTC));
        } catch (Exception e) {
            throw new CompletionException(e);
        }
    }

    /**
     * The hub, when it is ready.
     *
     * @throws CompletionException with the cause, when it could not start
     */
    public Hub await() {
        return hub.join();
    }

    /** Whether calls are answered without waiting for the start. */
    public boolean isReady() {
        return hub.state() == CompletableFuture.State.SUCCESS && hub.join().isReady();
    }

    @Override
    public ToolCatalog catalog() {
        return catalog;
    }

    @Override
    public List<CanonicalTool<?, ?>> toolsOf(Caller caller) {
        return await().tools().toolsOf(caller);
    }

    @Override
    public ToolAnswer call(String toolName, JsonNode arguments, Caller caller, TraceContext from) {
        return await().tools().call(toolName, arguments, caller, from);
    }

    /** Stops the hub; one that is still starting is waited for. */
    @Override
    public void close() {
        hub.thenAccept(Hub::close).exceptionally(failed -> null).join();
    }
}
