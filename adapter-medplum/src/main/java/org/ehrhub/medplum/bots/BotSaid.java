package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.medplum.agents.Er7;
import org.ehrhub.medplum.agents.PlainJson;

/**
 * What a bot answered. A bot sees the hub's login and may say it again: logins are left out before anything is made of it.
 *
 * @param er7 whether Medplum says that it is an HL7 v2 message
 * @param text what it is, empty for nothing
 * @param hidden whether a login was left out
 */
record BotSaid(boolean er7, String text, boolean hidden) {
    private static final Pattern TOKEN =
            Pattern.compile("\\beyJ[\\w-]{5,}\\.[\\w-]+\\.[\\w-]*|(?i:\\bBearer) +[\\w.~+/=-]{20,}");
    private static final Pattern BASIC = Pattern.compile("(?i:\\bBasic) +([A-Za-z0-9+/]{4,}={0,2})");
    private static final String LEFT_OUT = "[a login was left out]";

    /** Out of the answer of a bot that was waited for. */
    static BotSaid of(OwnAnswer answer) {
        return of(answer.content().type().equals(Er7.TYPE), PlainJson.text(answer));
    }

    /** Out of what a job keeps of its bot's answer, which has lost its media type. */
    static BotSaid kept(String text) {
        return of(text.startsWith("MSH"), text);
    }

    private static BotSaid of(boolean er7, String text) {
        var tokens = TOKEN.matcher(text).replaceAll(LEFT_OUT);
        var clean = BASIC.matcher(tokens).replaceAll(BotSaid::withoutPassword);
        return new BotSaid(er7, clean, !clean.equals(text));
    }

    /** A basic metabolic panel is no password (RFC 7617, 2). */
    private static String withoutPassword(MatchResult found) {
        try {
            var inside = new String(Base64.getDecoder().decode(found.group(1)), StandardCharsets.US_ASCII);
            return inside.contains(":") ? LEFT_OUT : found.group();
        } catch (IllegalArgumentException e) {
            return found.group();
        }
    }

    /** The answer as JSON; missing where it is none, though Medplum calls texts JSON as well. */
    JsonNode json() {
        return PlainJson.read(text);
    }
}
