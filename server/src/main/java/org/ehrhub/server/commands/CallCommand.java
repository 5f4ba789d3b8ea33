package org.ehrhub.server.commands;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.ehrhub.server.StartingHub;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.SocketClient;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls one tool, by the running hub or one of its own, and prints the answer. */
final class CallCommand implements Command {
    /** Longer than any time limit a configuration can set. */
    private static final Duration LONGEST = Duration.ofMinutes(6);

    private final JsonMapper json = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @Override
    public int run(CommandLine line) throws IOException, InterruptedException {
        if (line.operands().isEmpty() || line.operands().size() > 2) {
            throw new UsageProblem("Use: ehr-hub call TOOL JSON, such as: ehr-hub call ehr.list '{}'");
        }
        var tool = line.operands().getFirst();
        var arguments = arguments(line.operands().size() == 2 ? line.operands().get(1) : "{}");
        var file = line.configuration();
        return switch (HubAccess.find(
                Configuration.dataDir(file),
                socket -> new SocketClient(socket, Version.current(), LONGEST).call(tool, arguments))) {
            case HubAccess.Attached<SocketClient.Answer>(var answer) -> print(answer.failed(), answer.text());
            case HubAccess.Owner<SocketClient.Answer>(var directory) -> {
                var configuration = Configurations.load(file, directory);
                try (var hub = StartingHub.of(configuration.withoutChannels(), directory)) {
                    var caller = configuration.settings().caller().callers().localUser();
                    var answer = hub.call(tool, arguments, caller);
                    yield print(answer.failed(), answer.text());
                }
            }
        };
    }

    private JsonNode arguments(String word) throws IOException {
        var text = word.equals("-")
                ? new String(new FileInputStream(FileDescriptor.in).readAllBytes(), StandardCharsets.UTF_8)
                : word;
        try {
            var tree = json.readTree(text);
            if (tree.isObject()) {
                return tree;
            }
        } catch (JacksonException e) {
            // Said below, without quoting what was typed.
        }
        throw new UsageProblem(
                "The arguments must be one JSON object, such as '{\"family\": \"Ng\"}'; mind the quotes");
    }

    private int print(boolean failed, String text) {
        Terminal.print(json.writerWithDefaultPrettyPrinter().writeValueAsString(json.readTree(text)));
        return failed ? FAILED : DONE;
    }
}
