package org.ehrhub.benchmarks.processes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** The hub as people start it, by {@code ./ehr-hub}: its JVM flags and its AOT cache are the script's. */
public final class Hub {
    /** The environment variable with more options for the hub's JVM alone, such as those of a profiler. */
    private static final String HUB_OPTIONS = "BENCH_HUB_OPTIONS";

    private static final int POLL_MILLIS = 5;
    private static final long PATIENCE_NANOS = 60_000_000_000L;

    private final Workplace place;
    private final boolean aotCache;

    /** A hub of this checkout, with the JVM's ahead-of-time cache or without. */
    public Hub(Workplace place, boolean aotCache) {
        this.place = place;
        this.aotCache = aotCache;
    }

    /** Runs {@code ./ehr-hub start}; the port may not listen yet. */
    public ChildProcess start(Path configuration, int port) {
        return ChildProcess.start(
                command("start", "--port", Integer.toString(port), "--config", configuration.toString()),
                place.logs(),
                false);
    }

    /** Runs {@code ./ehr-hub stdio} with pipes at its standard input and output. */
    public ChildProcess stdio(Path configuration) {
        return ChildProcess.start(command("stdio", "--config", configuration.toString()), place.logs(), true);
    }

    /** Where a hub on this port serves MCP. */
    public static URI mcp(int port) {
        return URI.create("http://127.0.0.1:" + port + "/mcp");
    }

    /** Waits until something listens on the port, asking every {@value #POLL_MILLIS} ms. */
    public static void awaitPort(ChildProcess hub, int port) throws InterruptedException {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        while (!listens(address)) {
            hub.mustRun();
            if (System.nanoTime() - hub.startedNanos() > PATIENCE_NANOS) {
                throw new IllegalStateException("The hub does not listen after a minute");
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static boolean listens(InetSocketAddress address) {
        try (var channel = SocketChannel.open(address)) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private ChildProcess.Command command(String... words) {
        var all = new ArrayList<>(List.of("./ehr-hub"));
        all.addAll(List.of(words));
        var variables = new HashMap<>(PostgresServer.environment());
        variables.put("EHR_HUB_NO_AOT", aotCache ? "" : "1");
        var options = System.getenv(HUB_OPTIONS);
        if (options != null) {
            variables.put("JDK_JAVA_OPTIONS", options);
        }
        return new ChildProcess.Command(words[0], place.root(), all, variables);
    }
}
