package org.ehrhub.server.mcp;

import java.nio.file.Path;

/** A process that does what the {@code stdio} command does once it found a hub; without the hub's libraries. */
final class BridgeProcess {
    private BridgeProcess() {}

    public static void main(String[] args) throws Exception {
        var bridge = StdioBridge.open(Path.of(args[0]));
        System.exit(
                bridge.isEmpty() ? 3 : bridge.get().run(System.in, System.out).exitCode());
    }
}
