package org.ehrhub.medplum.bots;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.OwnRequest;
import org.ehrhub.medplum.agents.Er7;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.bots.BotExecute;

/** What a bot is given by a caller; the media type decides what the bot sees of it, to the letter. */
final class BotPayload {
    private BotPayload() {}

    /**
     * The body of the request that runs a bot.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is not what the bot takes
     */
    static OwnRequest.Body of(BotSettings settings, BotExecute input) {
        return switch (settings.given()) {
            case JSON -> {
                refuse(input.text() != null, "text", "This bot takes JSON: pass it as `input`.");
                yield new OwnRequest.Body(
                        PlainJson.TYPE,
                        input.input() == null ? "{}" : input.input().text());
            }
            case HL7V2 -> new OwnRequest.Body(Er7.TYPE, message(text(input, "an HL7 v2 message")));
            case TEXT -> new OwnRequest.Body("text/plain", text(input, "text"));
        };
    }

    private static String text(BotExecute input, String what) {
        refuse(input.input() != null, "input", "This bot takes " + what + ": pass it as `text`.");
        if (input.text() == null) {
            throw invalid("`text` is missing; nothing was run.", "This bot takes " + what + ".");
        }
        return input.text();
    }

    private static String message(String text) {
        try {
            return Er7.read(text).text();
        } catch (Er7.Malformed e) {
            throw invalid("`text` " + e.problem() + "; nothing was run.", "Correct the message.");
        }
    }

    private static void refuse(boolean is, String argument, String hint) {
        if (is) {
            throw invalid("`" + argument + "` is not what this bot takes; nothing was run.", hint);
        }
    }

    private static EhrFailure invalid(String problem, String hint) {
        return new EhrFailure(ErrorCode.INVALID_INPUT, problem, hint);
    }
}
