package org.ehrhub.benchmarks.start;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.ehrhub.benchmarks.mcp.HttpMcpClient;
import org.ehrhub.benchmarks.mcp.LineMcpClient;
import org.ehrhub.benchmarks.mcp.Messages;
import org.ehrhub.benchmarks.processes.ChildProcess;
import org.ehrhub.benchmarks.processes.Connections;
import org.ehrhub.benchmarks.processes.Hub;
import org.ehrhub.benchmarks.processes.Workplace;
import org.ehrhub.benchmarks.statistics.Samples;
import tools.jackson.databind.JsonNode;

/** One way to come to a list of tools, started again and again. */
final class StartCase {
    private static final int EXIT_SECONDS = 15;

    private final String name;
    private final boolean aotCache;
    private final Way way;
    private final List<Double> seconds = new ArrayList<>();
    private final List<Double> processorSeconds = new ArrayList<>();

    StartCase(String name, boolean aotCache, Way way) {
        this.name = name;
        this.aotCache = aotCache;
        this.way = way;
    }

    /** Starts a hub or a bridge to one and measures until it has listed its tools. */
    @FunctionalInterface
    interface Way {
        Start start(Hub hub) throws IOException, InterruptedException;
    }

    /** One start, in seconds from before the process was made to the list of tools, and of processor time until then. */
    record Start(double seconds, double processorSeconds) {
        private static Start of(ChildProcess process) {
            return new Start(
                    (System.nanoTime() - process.startedNanos()) / 1e9,
                    process.cpu().toNanos() / 1e9);
        }
    }

    static Way http(Workplace place) {
        return hub -> {
            int port = Workplace.freePort();
            try (var http = Connections.pool(1);
                    var process = hub.start(place.quickStart(), port)) {
                Hub.awaitPort(process, port);
                var client = new HttpMcpClient(http, Hub.mcp(port));
                mustListTools(client.call("tools/list", Messages.arguments()));
                return Start.of(process);
            }
        };
    }

    static Way stdio(Path configuration) {
        return hub -> {
            try (var process = hub.stdio(configuration);
                    var client = new LineMcpClient(process.process())) {
                mustListTools(client.call("tools/list", Messages.arguments()));
                var start = Start.of(process);
                client.hangUp();
                if (!process.process().waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("ehr-hub stdio does not end when its client does");
                }
                return start;
            }
        };
    }

    private static void mustListTools(JsonNode result) {
        var names =
                result.path("tools").valueStream().map(tool -> tool.path("name").asString(""));
        if (names.noneMatch("patient_get"::equals)) {
            throw new IllegalStateException("patient_get is not among the tools listed");
        }
    }

    void once(Workplace place) throws IOException, InterruptedException {
        var start = way.start(new Hub(place, aotCache));
        seconds.add(start.seconds());
        processorSeconds.add(start.processorSeconds());
    }

    /** The first start reads the files into memory, which is no property of the hub. */
    void forget() {
        seconds.clear();
        processorSeconds.clear();
    }

    Samples seconds() {
        return Samples.of(seconds);
    }

    List<String> row() {
        return List.of(
                name,
                aotCache ? "yes" : "no",
                "%.2f".formatted(seconds().best()),
                "%.2f".formatted(seconds().median()),
                "%.2f".formatted(Samples.of(processorSeconds).median()));
    }
}
