package org.ehrhub.medplum.stub;

import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a bot is run with.
 *
 * @param bot       its id
 * @param input     the JSON it was given; a string where the content was an HL7 message or text
 * @param requester whose rights count, as in {@code Practitioner/1}
 * @param asked     the request, with all its headers, the caller's token among them
 */
public record BotEvent(String bot, JsonNode input, String contentType, String requester, Asked asked) {
    static final String HL7 = "x-application/hl7-v2+er7";

    /** Whether the bot sees an HL7 message that was parsed, which takes exactly this content type. */
    public boolean isHl7() {
        return contentType.equals(HL7);
    }

    /** A text of the input object; empty where there is none. */
    public Optional<String> text(String name) {
        return Optional.of(Json.text(input, name)).filter(text -> !text.isEmpty());
    }
}
