package org.ehrhub.server.commands;

import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.HubCallers;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.config.HubConfig;

/** A hub with its web server and local socket, as {@code start} runs it. */
final class RunningHub implements AutoCloseable {
    private final StartingHub hub;
    private final WebServer web;
    private final HubConfig settings;

    private RunningHub(StartingHub hub, WebServer web, HubConfig settings) {
        this.hub = hub;
        this.web = web;
        this.settings = settings;
    }

    /** Starts it and waits until it is ready. */
    static RunningHub start(CommandLine line) {
        var configuration = Configurations.load(line.withoutOperands().configuration());
        var settings = line.port().map(configuration.settings()::onPort).orElse(configuration.settings());
        var directory = DataDirectory.own(settings.dataDir())
                .orElseThrow(() -> new UsageProblem("A hub runs on the data directory " + settings.dataDir()
                        + " already. `ehr-hub stdio` and `ehr-hub call` use it as it is;"
                        + " to start it anew, stop it first (Ctrl-C where it runs)"));
        var hub = StartingHub.of(configuration, directory);
        try {
            return start(hub, settings, directory);
        } catch (RuntimeException e) {
            hub.close();
            throw e;
        }
    }

    private static RunningHub start(StartingHub hub, HubConfig settings, DataDirectory directory) {
        var mcp = settings.mcp(Version.current(), DataDirectory.socket(directory.path()));
        var web = WebServer.start(settings.server(), hub, mcp, HubCallers.of(settings));
        try {
            hub.await();
        } catch (RuntimeException e) {
            web.close();
            throw e;
        }
        return new RunningHub(hub, web, settings);
    }

    /** Where MCP is served. */
    String address() {
        var host = settings.server().address();
        var scheme = settings.server().tls() == null ? "http://" : "https://";
        return scheme + (host.contains(":") ? "[" + host + "]" : host) + ":" + web.port() + "/mcp";
    }

    HubConfig settings() {
        return settings;
    }

    @Override
    public void close() {
        web.close();
        hub.close();
    }
}
