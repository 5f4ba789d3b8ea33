package org.ehrhub.medplum.stub;

import org.ehrhub.medplum.stub.BotAnswer.Message;
import org.ehrhub.medplum.stub.BotAnswer.Thrown;
import org.ehrhub.medplum.stub.BotAnswer.Undefined;
import org.ehrhub.medplum.stub.BotAnswer.Value;

/** The bot of {@code modes.js}, which answers in each of the ways a bot can: as its input's {@code mode} says. */
public final class ModesBot implements BotScript {
    private static final int CONTROL_ID = 10;

    @Override
    public BotAnswer run(BotEvent event) {
        return event.isHl7() ? message(event.input().asString("")) : mode(event);
    }

    private static BotAnswer message(String er7) {
        var control = Hl7.field(er7, "MSH", CONTROL_ID);
        if (control.startsWith("FAIL")) {
            return new Thrown("bot rejects this message");
        }
        return control.startsWith("NONE") ? new Undefined() : new Message(Hl7.ack(er7, "AA", control, "OK"));
    }

    private static BotAnswer mode(BotEvent event) {
        return switch (event.text("mode").orElse("")) {
            case "string" -> BotAnswer.json("\"plain text\"");
            case "number" -> BotAnswer.json("42");
            case "boolean" -> BotAnswer.json("true");
            case "array" -> BotAnswer.json("[1,2]");
            case "null" -> BotAnswer.json("null");
            case "undefined" -> new Undefined();
            case "resource" -> BotAnswer.json("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"FromBot\"}]}");
            case "throw" -> new Thrown("bot failed on purpose");
            case "outcome-forbidden" -> new Value(Outcomes.error("forbidden", "forbidden", "bot says no"));
            case "outcome-noid" -> new Value(Outcomes.error(null, "business-rule", "bot business rule"));
            case "outcome-ok" -> new Value(Outcomes.ok());
            case "read404" -> new Value(Outcomes.error("not-found", "not-found", "Not found"));
            default -> echo(event);
        };
    }

    private static BotAnswer echo(BotEvent event) {
        var answer = Json.object();
        answer.set("echoed", event.input());
        answer.set("requester", Json.reference(event.requester()));
        answer.set("bot", Json.reference("Bot/" + event.bot()));
        return new Value(answer);
    }
}
