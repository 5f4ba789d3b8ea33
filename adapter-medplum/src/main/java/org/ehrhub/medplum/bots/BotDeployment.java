package org.ehrhub.medplum.bots;

import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.WriteHandler;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.bots.Bot;
import org.ehrhub.tools.bots.BotDeploy;

/**
 * {@code bot.deploy}: another program for a bot whose settings allow it. Medplum has no version check for that, so the hub looks
 * just before; and it does not check the program. A bot that is not there yet is made where its settings name its project.
 */
final class BotDeployment implements WriteHandler<BotDeploy, Bot> {
    private static final String UNCHECKED =
            "The EHR has not checked the program: a mistake in it shows when the bot runs.";

    private final FhirServer server;
    private final KnownBots bots;
    private final BotDesk desk;

    BotDeployment(FhirServer server, KnownBots bots, BotDesk desk) {
        this.server = server;
        this.bots = bots;
        this.desk = desk;
    }

    @Override
    public ToolResult<Bot> handle(BotDeploy input, CallContext call) {
        var settings = settings(input);
        var there = desk.look(settings, call);
        if (input.version() != null
                && !input.version().equals(there.map(FoundBot::version).orElse(null))) {
            throw new EhrFailure(
                    ErrorCode.CONFLICT,
                    "The bot has another version by now; nothing was deployed.",
                    "Look at the bot again and decide anew.");
        }
        var before = there.isPresent() ? there.get() : made(settings, call);
        desk.deploy(before, input.code(), call);
        return new ToolResult.Ok<>(
                now(before, settings, call).shown(server), server.provenance(null), List.of(UNCHECKED));
    }

    /** Whether an earlier try was done cannot be told: the program itself is kept where the hub does not read it. */
    @Override
    public Optional<Bot> reconcile(BotDeploy input, String key, CallContext call) {
        throw new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "Whether the program was deployed cannot be told.",
                "Look at the bot in the EHR, or deploy it again under another key.");
    }

    @Override
    public Optional<String> currentVersion(BotDeploy input, CallContext call) {
        return desk.look(settings(input), call).map(FoundBot::version);
    }

    private FoundBot made(BotSettings settings, CallContext call) {
        if (settings.project() == null || settings.identifier() == null) {
            throw BotDesk.missing();
        }
        return new BotMaking(server).make(bots.name(settings), settings.project(), settings.identifier(), call);
    }

    /** It is deployed; that it could not be looked at afterwards makes that no less so. */
    private FoundBot now(FoundBot before, BotSettings settings, CallContext call) {
        try {
            return desk.find(settings, call);
        } catch (EhrFailure e) {
            return new FoundBot(before.id(), null, before.name());
        }
    }

    private BotSettings settings(BotDeploy input) {
        var settings = bots.of(input.bot());
        if (!settings.isDeployable()) {
            throw new EhrFailure(
                    ErrorCode.DENIED,
                    "The hub's settings do not let this bot's program be replaced; nothing was asked of the EHR.",
                    "Ask the hub's operator for `deploys: true` on this bot.");
        }
        return settings;
    }
}
