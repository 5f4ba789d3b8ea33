package org.ehrhub.server.soak;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.HubCallers;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.approvals.ApprovalDesk;
import org.ehrhub.server.config.Configuration;

/** A whole hub in this process, with a login, configured by files in a folder of its own. */
final class LoggedInHub implements AutoCloseable {
    static final String RESOURCE = "https://hub.example/mcp";

    private final Path folder;
    private final StartingHub hub;
    private final WebServer web;

    private LoggedInHub(Path folder, StartingHub hub, WebServer web) {
        this.folder = folder;
        this.hub = hub;
        this.web = web;
    }

    /** A configuration with one EHR, {@code stmarys}. */
    static String configuration(String store, String issuer, URI ehr) {
        return """
                data-dir: data
                policy: policy.yaml
                time-limit: 60s
                server: {port: 0, profiles: [all]}
                %s
                login:
                  resource: %s
                  issuers: [{issuer: "%s"}]
                  scopes: {reads: [ehrhub.read], writes: [ehrhub.write]}
                ehrs:
                  stmarys: {type: fhir-r4, base-url: "%s", timeout: 30s}
                """.formatted(store, RESOURCE, issuer, ehr);
    }

    /** Starts one in which everybody may read and do these writes. */
    static LoggedInHub start(Path folder, String configuration, String writes) throws IOException {
        return under("""
                allow:
                  - {ehr: stmarys, reads: true, writes: %s}
                """.formatted(writes), folder, configuration);
    }

    /** Starts one under a policy. */
    static LoggedInHub under(String policy, Path folder, String configuration) throws IOException {
        Files.createDirectory(folder);
        Files.writeString(folder.resolve("policy.yaml"), policy);
        Files.writeString(folder.resolve("ehr-hub.yaml"), configuration);
        return start(folder);
    }

    private static LoggedInHub start(Path folder) throws IOException {
        var configuration = Configuration.load(folder.resolve("ehr-hub.yaml"));
        var settings = configuration.settings();
        var directory = DataDirectory.own(settings.dataDir()).orElseThrow();
        var hub = StartingHub.of(configuration, directory);
        var mcp = settings.mcp("test", DataDirectory.socket(directory.path()));
        var web = WebServer.start(settings.server(), hub, mcp, HubCallers.of(settings), HubCallers.approvers(settings));
        hub.await();
        return new LoggedInHub(folder, hub, web);
    }

    /** Stops it and starts it anew on what it has stored. */
    LoggedInHub again() throws IOException {
        close();
        return start(folder);
    }

    /** Where people decide. */
    ApprovalDesk desk() {
        return hub.await().desk();
    }

    URI mcp() {
        return URI.create("http://127.0.0.1:" + web.port() + "/mcp");
    }

    @Override
    public void close() {
        web.close();
        hub.close();
    }
}
