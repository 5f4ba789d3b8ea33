package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.medplum.agents.Er7;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/** What is asked of Medplum about its bots. */
final class BotDesk {
    private static final String FHIR = "application/fhir+json";
    private static final String ANSWERS = "application/json, " + FHIR + ", " + Er7.TYPE + ", text/plain";
    private static final Pattern JOB = Pattern.compile(".*/job/([A-Za-z0-9-]{1,64})/status");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final int TAKEN_ON = 202;

    private final FhirServer server;

    BotDesk(FhirServer server) {
        this.server = server;
    }

    /** A bot that was run. */
    sealed interface Run {
        /** It answered. */
        record Answered(BotSaid said) implements Run {}

        /** It runs as a job. */
        record Job(String id) implements Run {}
    }

    /**
     * The bot itself. Asked before each run, because a run cannot tell a bot that is not there from one that did not find
     * something, nor a login that has ended from one that the bot had.
     *
     * @throws EhrFailure when there is none, or several
     */
    FoundBot find(BotSettings settings, CallContext call) {
        return look(settings, call).orElseThrow(BotDesk::missing);
    }

    /**
     * The bot itself, where it is there.
     *
     * @throws EhrFailure when there are several
     */
    Optional<FoundBot> look(BotSettings settings, CallContext call) {
        var answer = server.ask(OwnRequest.get(address(settings), FHIR), call);
        if (!answer.good()) {
            return Optional.empty();
        }
        var found = new ArrayList<FoundBot>();
        var json = PlainJson.read(answer);
        if (settings.id() != null) {
            found(json).filter(bot -> bot.id().equals(settings.id())).ifPresent(found::add);
        } else {
            json.path("entry").forEach(entry -> found(entry.path("resource")).ifPresent(found::add));
        }
        if (found.size() > 1) {
            throw new EhrFailure(
                    ErrorCode.UNSUPPORTED,
                    "Several bots have the identifier of this one; nothing was run.",
                    "Ask the hub's operator to name the bot by its id.");
        }
        return found.stream().findFirst();
    }

    /**
     * Runs a bot, once.
     *
     * @throws EhrFailure when it failed; {@code OUTCOME_UNKNOWN} where it may have changed something
     */
    Run run(FoundBot bot, BotSettings settings, OwnRequest.Body body, CallContext call) {
        var reads = settings.onlyReads();
        // What the bot itself was refused inside comes out as if the hub had been.
        var request = OwnRequest.run(url("Bot/" + bot.id() + "/$execute"), ANSWERS, body, !reads);
        var answer = server.ask(settings.isAsync() ? request.with("Prefer", "respond-async") : request, call);
        if (answer.status() == TAKEN_ON && settings.isAsync()) {
            return new Run.Job(job(answer, reads));
        }
        if (!answer.good()) {
            throw BotFailures.of(answer, reads);
        }
        return new Run.Answered(BotSaid.of(answer));
    }

    /**
     * What a bot that runs as a job answered; empty while it runs. That the job is completed says nothing of the bot.
     *
     * @throws EhrFailure when it failed, or the job cannot be read
     */
    Optional<BotSaid> told(String job, boolean reads, CallContext call) {
        var answer = server.ask(OwnRequest.get(url("job/" + job + "/status"), FHIR), call);
        if (answer.status() == TAKEN_ON) {
            return Optional.empty();
        }
        var told = PlainJson.read(answer);
        var output = told.path("output");
        var outcome = PlainJson.parameter(output, "outcome").path("resource");
        if (!answer.good() || !told.path("status").asText().equals("completed") || BotFailures.isBad(outcome)) {
            throw BotFailures.failed(reads);
        }
        var body = PlainJson.parameter(output, "responseBody").path("valueString");
        return Optional.of(BotSaid.kept(body.isMissingNode() ? text(outcome) : body.asText()));
    }

    /**
     * Replaces a bot's program.
     *
     * @throws EhrFailure when that was refused
     */
    void deploy(FoundBot bot, String code, CallContext call) {
        var body = PlainJson.object().put("code", code).put("filename", "index.js");
        var answer = server.ask(
                OwnRequest.act(
                        url("Bot/" + bot.id() + "/$deploy"),
                        FHIR,
                        new OwnRequest.Body(PlainJson.TYPE, body.toString())),
                call);
        var said = PlainJson.read(answer);
        if (!answer.good()) {
            throw PlainJson.words(said).equals("Bots not enabled") ? BotFailures.off() : refused();
        }
        if (BotFailures.isBad(said) || answer.status() == TAKEN_ON) {
            throw FhirServer.unclear();
        }
    }

    private static String text(JsonNode outcome) {
        return outcome.isMissingNode() ? "" : outcome.toString();
    }

    private static String job(OwnAnswer answer, boolean reads) {
        var place = JOB.matcher(answer.place());
        if (!place.matches()) {
            throw BotFailures.failed(reads);
        }
        return place.group(1);
    }

    private URI address(BotSettings settings) {
        return settings.identifier() == null
                ? url("Bot/" + settings.id())
                : url("Bot?_count=2&identifier=" + URLEncoder.encode(settings.identifier(), StandardCharsets.UTF_8));
    }

    private URI url(String path) {
        return URI.create(server.base() + "/" + path);
    }

    /** A bot out of its JSON; none where it is none. */
    static Optional<FoundBot> found(JsonNode bot) {
        var id = bot.path("id").asText();
        return PlainJson.is(bot, "Bot") && ID.matcher(id).matches()
                ? Optional.of(new FoundBot(
                        id,
                        bot.path("meta").path("versionId").asText(null),
                        bot.path("name").asText(null)))
                : Optional.empty();
    }

    static EhrFailure missing() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR does not hold this bot, or does not show it to the hub; nothing was run.",
                "Ask the hub's operator to check `bots` in this EHR's settings.");
    }

    private static EhrFailure refused() {
        return new EhrFailure(
                ErrorCode.REJECTED_BY_EHR,
                "The EHR refused the program; the bot is as it was.",
                "Check the program; the same one will be refused again.");
    }
}
