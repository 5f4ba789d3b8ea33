package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;

/** One tool as its bot does it: the bot's words for what goes in, the tool's record out of what it answers. */
final class ServedCall<I extends Record, O extends Record> {
    private final CanonicalTool<I, O> tool;
    private final ServedTool served;
    private final BotSettings bot;
    private final BotRunner runner;
    private final CanonicalFields fields;
    private final CanonicalAnswer answers;

    ServedCall(CanonicalTool<I, O> tool, ServedTool served, BotSettings bot, BotRunner runner, String ehr) {
        this.tool = tool;
        this.served = served;
        this.bot = bot;
        this.runner = runner;
        this.fields = new CanonicalFields(ehr);
        this.answers = new CanonicalAnswer(ehr);
    }

    /**
     * Runs the bot.
     *
     * @return what it answered; empty where it still runs
     * @throws EhrFailure when it failed or did not answer with the tool's output: {@code OUTCOME_UNKNOWN} of a write,
     *     {@code EHR_UNAVAILABLE} of a read
     */
    Optional<O> ask(I input, CallContext call) {
        var given = fields.of(input);
        if (call.writeKeyOrNull() != null) {
            given.put("writeKey", call.writeKeyOrNull());
        }
        var body = new OwnRequest.Body(PlainJson.TYPE, named(given).toString());
        try {
            return runner.run(bot, body, call).map(this::output);
        } catch (EhrFailure e) {
            throw e.code() == ErrorCode.REJECTED_BY_EHR && tool instanceof CanonicalTool.Read<?, ?> ? unfit() : e;
        }
    }

    /** What a bot that ran as a job under a key answered. */
    Optional<O> told(String key, CallContext call) {
        return runner.job(key)
                .flatMap(job -> runner.desk().told(job, bot.onlyReads(), call))
                .map(this::output);
    }

    /** The job that does a write. */
    Optional<String> job(CallContext call) {
        return runner.job(call.writeKey());
    }

    /** Whether the bot changes nothing. */
    boolean isRepeatable() {
        return bot.onlyReads();
    }

    private ObjectNode named(ObjectNode given) {
        if (served.input().isEmpty()) {
            return given;
        }
        var renamed = PlainJson.object();
        served.input().forEach((name, field) -> {
            if (given.has(field)) {
                renamed.set(name, given.get(field));
            }
        });
        return renamed;
    }

    private O output(BotSaid said) {
        try {
            return answers.read(mapped(said.json()), tool.output());
        } catch (CanonicalAnswer.Unfit e) {
            throw unfit();
        }
    }

    private JsonNode mapped(JsonNode said) {
        if (served.output().isEmpty() || !said.isObject()) {
            return said;
        }
        var output = PlainJson.object();
        served.output().forEach((field, place) -> {
            var value = place.startsWith("/") ? said.at(place) : said.path(place);
            if (!value.isMissingNode()) {
                output.set(field, value);
            }
        });
        return output;
    }

    private EhrFailure unfit() {
        return tool instanceof CanonicalTool.Read<?, ?>
                ? new EhrFailure(
                        ErrorCode.EHR_UNAVAILABLE,
                        "The bot that answers this in the EHR did not answer as this tool must.",
                        "Ask the hub's operator to look at the bot.")
                : new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The bot that does this in the EHR ran and did not answer as this tool must.",
                        "Look in the EHR what it did before you try again; ask the hub's operator to look at the bot.");
    }
}
