package org.ehrhub.medplum.bots;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.BotExecute;
import org.ehrhub.tools.bots.BotOutcome;

/**
 * {@code bot.execute}: a bot of the settings, run at most once under a key. Medplum keeps nothing by which a run could be found
 * again, so one whose answer was lost is not repeated unless the settings say that the bot only reads.
 */
final class BotExecution implements WriteHandler<BotExecute, BotOutcome> {
    private final FhirServer server;
    private final KnownBots bots;
    private final BotRunner runner;

    BotExecution(FhirServer server, KnownBots bots, BotRunner runner) {
        this.server = server;
        this.bots = bots;
        this.runner = runner;
    }

    @Override
    public ToolResult<BotOutcome> handle(BotExecute input, CallContext call) {
        var settings = bots.of(input.bot());
        var said = runner.run(settings, BotPayload.of(settings, input), call);
        if (said.isEmpty()) {
            return new ToolResult.Pending<>(runner.job(call.writeKey())
                    .map(job -> new Reference(server.ehr(), "AsyncJob", job).toString())
                    .orElse(input.bot().toString()));
        }
        var answer = BotAnswers.of(said.get(), settings);
        return new ToolResult.Ok<>(answer.outcome(), server.provenance(null), answer.warnings());
    }

    @Override
    public Optional<BotOutcome> reconcile(BotExecute input, String key, CallContext call) {
        var settings = bots.of(input.bot());
        if (settings.onlyReads()) {
            return Optional.empty();
        }
        var job = runner.job(key).orElseThrow(BotExecution::untold);
        var said = runner.desk().told(job, false, call).orElseThrow(BotExecution::untold);
        return Optional.of(BotAnswers.of(said, settings).outcome());
    }

    /** The version of the program that would run. */
    @Override
    public Optional<String> currentVersion(BotExecute input, CallContext call) {
        return Optional.ofNullable(
                runner.desk().find(bots.of(input.bot()), call).version());
    }

    private static EhrFailure untold() {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The bot was run, or still runs; what it did cannot be told.",
                "Look in the EHR what it did before you run it again.");
    }
}
