package org.ehrhub.server.commands;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import org.ehrhub.server.DataDirectory;
import org.ehrhub.server.LocalHub;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.StdioBridge;

/** Serves MCP on stdin and stdout: as a bridge to the running hub, else with a hub of its own. */
final class StdioCommand implements Command {
    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        var file = line.withoutOperands().configuration();
        var in = new FileInputStream(FileDescriptor.in);
        return switch (HubAccess.find(Configuration.dataDir(file), StdioBridge::open)) {
            case HubAccess.Attached<StdioBridge>(var bridge) -> {
                try (bridge) {
                    yield bridge.run(in, Terminal.out()).exitCode();
                }
            }
            case HubAccess.Owner<StdioBridge>(DataDirectory directory) -> {
                try (var hub = LocalHub.start(Configurations.load(file, directory), directory, Version.current())) {
                    hub.serve(in, Terminal.out());
                }
                yield DONE;
            }
        };
    }
}
