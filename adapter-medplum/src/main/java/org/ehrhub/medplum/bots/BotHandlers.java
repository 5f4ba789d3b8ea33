package org.ehrhub.medplum.bots;

import java.util.Map;
import java.util.Objects;
import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.CanonicalTool.Read;
import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.WriteInput;
import org.ehrhub.tools.bots.BotTools;

/** The tools about bots, and those that bots serve. */
public final class BotHandlers {
    private static final Needs EXECUTE = Needs.operation("Bot", "execute");
    private static final Needs DEPLOY = Needs.operation("Bot", "deploy");

    private final FhirTools tools;
    private final FhirServer server;
    private final BotRunner runner;

    private BotHandlers(FhirTools tools, FhirServer server) {
        this.tools = tools;
        this.server = server;
        this.runner = new BotRunner(server);
    }

    /**
     * Registers them where there are bots.
     *
     * @param bots by the names that callers know them by
     * @param served by the tools' names, as {@link ServedTool#check} found them good
     */
    public static void register(
            FhirTools tools, FhirServer server, Map<String, BotSettings> bots, Map<String, ServedTool> served) {
        if (bots.isEmpty()) {
            return;
        }
        var handlers = new BotHandlers(tools, server);
        var known = new KnownBots(server.ehr(), bots);
        tools.onWrite(BotTools.EXECUTE, new BotExecution(server, known, handlers.runner), EXECUTE);
        if (bots.values().stream().anyMatch(BotSettings::isDeployable)) {
            tools.onWrite(BotTools.DEPLOY, new BotDeployment(server, known, handlers.runner.desk()), DEPLOY);
        }
        served.forEach(
                (name, one) -> handlers.serve(ServedTool.tool(name), one, Objects.requireNonNull(bots.get(one.bot()))));
    }

    private void serve(CanonicalTool<?, ?> tool, ServedTool served, BotSettings bot) {
        switch (tool) {
            case Read<?, ?> read -> read(read, served, bot);
            case Write<?, ?> write -> write(write, served, bot);
            case CanonicalTool.Listing<?, ?> listing -> throw new IllegalArgumentException("No bot serves a list");
        }
    }

    private <I extends Record, O extends Record> void read(Read<I, O> tool, ServedTool served, BotSettings bot) {
        var call = new ServedCall<>(tool, served, bot, runner, server.ehr());
        tools.on(
                tool,
                (input, context) ->
                        new ToolResult.Ok<>(call.ask(input, context).orElseThrow(), server.provenance(null)),
                EXECUTE);
    }

    private <I extends Record & WriteInput, O extends Record> void write(
            Write<I, O> tool, ServedTool served, BotSettings bot) {
        var call = new ServedCall<>(tool, served, bot, runner, server.ehr());
        tools.onWrite(tool, new ServedWrite<>(server, call), EXECUTE);
    }
}
