package org.ehrhub.medplum.stub;

import tools.jackson.databind.JsonNode;

/** What a bot comes back with. */
public sealed interface BotAnswer {
    /** A value, {@code null} among them. */
    record Value(JsonNode value) implements BotAnswer {}

    /** Nothing. */
    record Undefined() implements BotAnswer {}

    /** An HL7 message. */
    record Message(String er7) implements BotAnswer {}

    /** An error that nobody caught. */
    record Thrown(String message) implements BotAnswer {}

    /** A value, as its JSON. */
    static BotAnswer json(String json) {
        return new Value(Json.MAPPER.readTree(json));
    }
}
