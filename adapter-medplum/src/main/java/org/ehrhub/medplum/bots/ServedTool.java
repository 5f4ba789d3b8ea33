package org.ehrhub.medplum.bots;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ToolCatalog;

/**
 * A tool that a bot serves in the place of Medplum, which has no such operation: the bot is given the tool's input as JSON, and
 * answers with its output. A {@code writeKey} goes with the input of a write, which the bot may keep to know a repeated one.
 *
 * @param bot the name of the bot in the settings
 * @param input what the bot is given: its own name of each field, and the tool's field; the tool's input as it is without it
 * @param output where the bot's answer holds each field of the tool's output: a name, or a JSON Pointer (RFC 6901); the answer
 *     itself is the output without it
 */
public record ServedTool(String bot, Map<String, String> input, Map<String, String> output) {
    private static final Set<String> NOT_SERVED = Set.of(
            "ehr.list",
            "search",
            "fetch",
            "approval.status",
            "intake.sync",
            "fhir.query",
            "fhir.write",
            "fhir.transaction",
            "fhir.operation",
            "bot.execute",
            "bot.deploy",
            "hl7v2.send",
            "hl7v2.status",
            "appointment.create",
            "appointment.reschedule");
    private static final Pattern FIELD = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}");
    private static final Pattern PLACE = Pattern.compile("[A-Za-z][A-Za-z0-9_]{0,63}|(/[A-Za-z0-9_~-]{1,64}){1,10}");

    /** Checks each setting. */
    public ServedTool {
        input = Map.copyOf(input);
        output = Map.copyOf(output);
        if (!matches(input.keySet(), FIELD) || !matches(input.values(), FIELD)) {
            throw new IllegalArgumentException("input must hold names of fields");
        }
        if (!matches(output.keySet(), FIELD) || !matches(output.values(), PLACE)) {
            throw new IllegalArgumentException("output must hold names of fields, each with a name or a JSON Pointer");
        }
    }

    /** A tool whose bot speaks the tool's own words. */
    public ServedTool(String bot) {
        this(bot, Map.of(), Map.of());
    }

    /**
     * Checks which tools are served, and by which bots.
     *
     * @throws IllegalArgumentException when there is no such tool, it is none that a bot can serve, or the bot does not fit it
     */
    public static void check(Map<String, ServedTool> tools, Map<String, BotSettings> bots) {
        tools.forEach((name, served) -> {
            var tool = tool(name);
            var bot = bots.get(served.bot());
            if (bot == null || bot.given() != BotSettings.Input.JSON) {
                throw new IllegalArgumentException("tools must name a bot of bots that takes json");
            }
            if (tool instanceof CanonicalTool.Read<?, ?> && (!bot.onlyReads() || bot.isAsync())) {
                throw new IllegalArgumentException(
                        "tools must name for a tool that reads a bot with reads: true and no async");
            }
        });
    }

    /** The tool of a name, when a bot can serve it. */
    static CanonicalTool<?, ?> tool(String name) {
        return ToolCatalog.canonical()
                .find(name)
                .filter(tool -> tool.name().equals(name) && !NOT_SERVED.contains(name))
                .filter(tool -> !(tool instanceof CanonicalTool.Listing<?, ?>))
                .orElseThrow(() -> new IllegalArgumentException("tools must hold tools that a bot can serve"));
    }

    private static boolean matches(Iterable<String> texts, Pattern form) {
        for (var text : texts) {
            if (!form.matcher(text).matches()) {
                return false;
            }
        }
        return true;
    }
}
