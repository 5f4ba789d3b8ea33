package org.ehrhub.medplum.bots;

import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;

/** A write that a bot does; of the same risk, and in the ledger and the audit trail, as any other. */
final class ServedWrite<I extends Record, O extends Record> implements WriteHandler<I, O> {
    private final FhirServer server;
    private final ServedCall<I, O> bot;

    ServedWrite(FhirServer server, ServedCall<I, O> bot) {
        this.server = server;
        this.bot = bot;
    }

    @Override
    public ToolResult<O> handle(I input, CallContext call) {
        return bot.ask(input, call)
                .<ToolResult<O>>map(answer -> new ToolResult.Ok<>(answer, server.provenance(null)))
                .orElseGet(() -> new ToolResult.Pending<>(bot.job(call)
                        .map(job -> new Reference(server.ehr(), "AsyncJob", job).toString())
                        .orElse(server.ehr())));
    }

    @Override
    public Optional<O> reconcile(I input, String key, CallContext call) {
        if (bot.isRepeatable()) {
            return Optional.empty();
        }
        return Optional.of(bot.told(key, call)
                .orElseThrow(() -> new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "A bot does this in the EHR; whether it has cannot be told.",
                        "Look in the EHR before you try again.")));
    }

    /** What the bot changes the hub does not know. */
    @Override
    public Optional<String> currentVersion(I input, CallContext call) {
        return Optional.empty();
    }
}
