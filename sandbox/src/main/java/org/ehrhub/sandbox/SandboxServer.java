package org.ehrhub.sandbox;

import java.time.Clock;
import java.util.List;

/** The sandbox as a process of its own: {@code --port N}, 0 or nothing for any free port. */
public final class SandboxServer {
    private SandboxServer() {}

    /** Starts, prints both base addresses and runs until the process is stopped. */
    public static void main(String[] arguments) {
        int port = port(List.of(arguments));
        if (port < 0) {
            System.err.println("Usage: SandboxServer [--port N]");
            System.exit(2);
        }
        var sandbox = Sandbox.start(port, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-stop"));
        sandbox.warm();
        System.out.println(sandbox.baseUrl("stmarys"));
        System.out.println(sandbox.baseUrl("lakeside"));
    }

    private static int port(List<String> arguments) {
        if (arguments.isEmpty()) {
            return 0;
        }
        boolean named = arguments.size() == 2
                && arguments.getFirst().equals("--port")
                && arguments.getLast().matches("\\d{1,5}");
        return named ? Integer.parseInt(arguments.getLast()) : -1;
    }
}
