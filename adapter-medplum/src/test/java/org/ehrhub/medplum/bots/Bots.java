package org.ehrhub.medplum.bots;

import java.util.Map;
import org.ehrhub.medplum.ScriptedMedplum;
import org.ehrhub.medplum.ScriptedMedplum.Answer;
import org.ehrhub.medplum.ScriptedMedplum.Request;
import org.ehrhub.medplum.ScriptedMedplum.Script;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.bots.BotExecute;

/** The bots of the tests: each by a name that says what is special about it. */
final class Bots {
    static final String ID = "b0b0-1";
    static final Map<String, BotSettings> ALL = Map.of(
            "plain", BotSettings.ofId(ID),
            "named", new BotSettings(null, "urn:bots|named", null, null, null, null),
            "reader", new BotSettings("b0b0-2", null, null, null, true, null),
            "slow", new BotSettings("b0b0-3", null, null, true, null, null),
            "hl7", new BotSettings("b0b0-4", null, BotSettings.Input.HL7V2, null, null, null),
            "text", new BotSettings("b0b0-5", null, BotSettings.Input.TEXT, null, null, null),
            "kept", new BotSettings("b0b0-6", null, null, null, null, true),
            "new", new BotSettings(null, "urn:bots|new", null, null, null, true, "project-1"));

    private Bots() {}

    static ScriptedMedplum medplum() {
        return medplum(Map.of());
    }

    static ScriptedMedplum medplum(Map<String, ServedTool> served) {
        ServedTool.check(served, ALL);
        return new ScriptedMedplum((tools, server) -> BotHandlers.register(tools, server, ALL, served));
    }

    /** Every bot is there, and what is posted is answered so. */
    static Script running(Script posted) {
        return request -> request.method().equals("GET") ? found(request) : posted.to(request);
    }

    static Answer found(Request request) {
        if (request.path().startsWith("Bot?")) {
            return Answer.fhir(200, """
                    {"resourceType":"Bundle","type":"searchset","entry":[{"resource":%s}]}""".formatted(bot("b0b0-9")));
        }
        return Answer.fhir(200, bot(request.path().substring("Bot/".length())));
    }

    static String bot(String id) {
        return """
                {"resourceType":"Bot","id":"%s","meta":{"versionId":"v1"},"name":"A bot"}""".formatted(id);
    }

    static BotExecute json(String name, String input) {
        return new BotExecute(new Reference(ScriptedMedplum.EHR, "Bot", name), new FhirJson(input), null, null, null);
    }

    static BotExecute text(String name, String text) {
        return new BotExecute(new Reference(ScriptedMedplum.EHR, "Bot", name), null, text, null, null);
    }
}
