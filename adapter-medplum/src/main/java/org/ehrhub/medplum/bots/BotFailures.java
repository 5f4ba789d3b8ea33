package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.ErrorCode;

/**
 * What it means that a bot's run failed. What a bot throws, what it answers with, and what Medplum refuses it inside all come out
 * with the same statuses, so only what is sure not to have run is told apart: a bot that failed may have written before.
 */
final class BotFailures {
    private static final Set<String> BAD = Set.of("error", "fatal");
    private static final int REFUSED = 400;

    private BotFailures() {}

    /** The failure to throw for an answer that is none of the 200s. */
    static EhrFailure of(OwnAnswer answer, boolean reads) {
        if (answer.status() != REFUSED) {
            return failed(reads);
        }
        return switch (PlainJson.words(PlainJson.read(answer))) {
            case "Bots not enabled" -> off();
            case "No executable code" ->
                new EhrFailure(
                        ErrorCode.UNSUPPORTED,
                        "The bot has no program yet; nothing was run.",
                        "Ask whoever keeps the bot to deploy one.");
            case "Content could not be parsed" ->
                new EhrFailure(
                        ErrorCode.REJECTED_BY_EHR,
                        "The EHR could not read what the bot was to be given; nothing was run.",
                        "Correct it; the same call will be refused again.");
            default -> failed(reads);
        };
    }

    /** Whether an OperationOutcome says that something went wrong. */
    static boolean isBad(JsonNode outcome) {
        if (!PlainJson.is(outcome, "OperationOutcome")) {
            return false;
        }
        for (var issue : outcome.path("issue")) {
            if (BAD.contains(issue.path("severity").asText())) {
                return true;
            }
        }
        return false;
    }

    static EhrFailure failed(boolean reads) {
        return reads
                ? new EhrFailure(
                        ErrorCode.REJECTED_BY_EHR,
                        "The bot failed, or refused what it was given.",
                        "Check what it was given; ask whoever keeps the bot.")
                : new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The bot failed, or refused what it was given; what it had changed before is not known.",
                        "Look in the EHR what it did before you run it again; ask whoever keeps the bot.");
    }

    /** What a bot that takes HL7 v2 messages did with one that it did not acknowledge. */
    static EhrFailure unacknowledged(boolean reads) {
        return reads
                ? failed(true)
                : new EhrFailure(
                        ErrorCode.OUTCOME_UNKNOWN,
                        "The bot ran and did not acknowledge the message.",
                        "Look in the EHR what it did before you send the message again.");
    }

    static EhrFailure off() {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "Bots are switched off in this EHR's project; nothing was run.",
                "Ask whoever keeps the project for its feature `bots`.");
    }
}
