package org.ehrhub.server.commands;

import java.util.ArrayList;
import java.util.List;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.HubCallers;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.approvals.ApproverDoor;
import org.ehrhub.server.approvals.DeskTalk;
import org.ehrhub.server.approvals.OneTimeLinks;
import org.ehrhub.server.channels.MessageTalk;
import org.ehrhub.server.config.HubConfig;
import org.ehrhub.server.mcp.TalkSocket;

/** A hub with its web server and local socket, as {@code start} runs it. */
final class RunningHub implements AutoCloseable {
    private final StartingHub hub;
    private final WebServer web;
    private final List<TalkSocket> desks;
    private final HubConfig settings;

    private RunningHub(StartingHub hub, WebServer web, List<TalkSocket> desks, HubConfig settings) {
        this.hub = hub;
        this.web = web;
        this.desks = desks;
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
        var door = HubCallers.approvers(settings);
        var web = WebServer.start(settings.server(), hub, mcp, HubCallers.of(settings), door);
        var desks = new ArrayList<TalkSocket>();
        try {
            hub.await();
            var talk = new DeskTalk(() -> hub.await().desk(), () -> link(web, door, settings));
            desks.add(TalkSocket.start(DataDirectory.approvalSocket(settings.dataDir()), talk, door.localUser()));
            if (!settings.channels().isEmpty()) {
                desks.add(messages(hub, door, settings));
            }
        } catch (RuntimeException e) {
            desks.forEach(TalkSocket::close);
            web.close();
            throw e;
        }
        return new RunningHub(hub, web, desks, settings);
    }

    private static TalkSocket messages(StartingHub hub, ApproverDoor door, HubConfig settings) {
        return TalkSocket.start(
                DataDirectory.messageSocket(settings.dataDir()),
                new MessageTalk(() -> hub.await().messages().orElseThrow()),
                door.localUser());
    }

    private static List<String> link(WebServer web, ApproverDoor door, HubConfig settings) {
        var scheme = settings.server().tls() == null ? "http" : "https";
        return List.of(
                scheme + "://127.0.0.1:" + web.port() + "/approvals/enter?link="
                        + door.links().issue(),
                "Open it in a browser on this machine within " + OneTimeLinks.GOOD.toMinutes()
                        + " minutes; it works once, and whoever opens it approves as "
                        + door.localUser().principal());
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
        desks.forEach(TalkSocket::close);
        web.close();
        hub.close();
    }
}
