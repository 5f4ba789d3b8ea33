package org.ehrhub.server.commands;

import java.util.concurrent.CountDownLatch;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.WebServer;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.config.HubConfig;

/** Starts the hub with its web server and runs until it is stopped. */
final class StartCommand implements Command {
    @Override
    public int run(CommandLine line) throws InterruptedException {
        var configuration = Configuration.load(line.withoutOperands().configuration());
        var settings = line.port().map(configuration.settings()::onPort).orElse(configuration.settings());
        var directory = DataDirectory.own(settings.dataDir())
                .orElseThrow(() -> new UsageProblem("A hub runs on the data directory " + settings.dataDir()
                        + " already. `ehr-hub stdio` and `ehr-hub call` use it as it is;"
                        + " to start it anew, stop it first (Ctrl-C where it runs)"));
        var hub = StartingHub.of(configuration, directory);
        try {
            run(hub, settings, directory);
        } catch (RuntimeException e) {
            hub.close();
            throw e;
        }
        return DONE;
    }

    private static void run(StartingHub hub, HubConfig settings, DataDirectory directory) throws InterruptedException {
        var mcp = settings.mcp(Version.current(), DataDirectory.socket(directory.path()));
        var web = WebServer.start(settings.server(), hub, mcp, settings.caller().callers());
        try {
            hub.await();
        } catch (RuntimeException e) {
            web.close();
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(
                () -> {
                    web.close();
                    hub.close();
                },
                "stop"));
        Terminal.print(Welcome.text(settings.server().address(), web.port()));
        new CountDownLatch(1).await();
    }
}
