package org.ehrhub.medplum.stub;

import java.util.List;
import java.util.Optional;
import org.ehrhub.medplum.stub.BotAnswer.Message;
import org.ehrhub.medplum.stub.BotAnswer.Thrown;
import org.ehrhub.medplum.stub.BotAnswer.Undefined;
import org.ehrhub.medplum.stub.BotAnswer.Value;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code Bot/$execute}, {@code $deploy}, {@code $init}, bots behind custom operations, and the admin's way to make one. */
final class BotDesk {
    private static final int DEPLOY = 201;
    private static final String IMPLEMENTATION =
            "https://medplum.com/fhir/StructureDefinition/operationDefinition-implementation";

    private final Archive archive;
    private final Bots bots;
    private final Project project;
    private final Reading reading;
    private final Searches searches;
    private final Jobs jobs;

    BotDesk(Archive archive, Bots bots, Project project, Reading reading, Searches searches, Jobs jobs) {
        this.archive = archive;
        this.bots = bots;
        this.project = project;
        this.reading = reading;
        this.searches = searches;
        this.jobs = jobs;
    }

    Said execute(Call call, String id) {
        var input = input(call.asked());
        if (call.asked().prefers("respond-async")) {
            return jobs.start(call, () -> ended(call, id, input));
        }
        return said(call, answer(call, id, input));
    }

    Said executeByIdentifier(Call call) {
        var identifier = call.asked().parameter("identifier").orElse("");
        if (identifier.isEmpty()) {
            throw Refused.bad("Must specify bot ID or identifier.");
        }
        call.charge(Searches.SEARCH);
        var found = searches.matching(call, "Bot", "identifier=" + identifier);
        return execute(call, found.stream().map(Json::id).findFirst().orElseThrow(Refused::notFound));
    }

    /** The bot that a custom operation of this name runs; none where there is no such operation. */
    Optional<String> behind(String operation) {
        return archive.all("OperationDefinition").stream()
                .filter(definition -> Json.text(definition, "code").equals(operation))
                .flatMap(definition -> Json.items(definition.path("extension")))
                .filter(extension -> Json.text(extension, "url").equals(IMPLEMENTATION))
                .map(extension -> Json.text(extension, "valueReference", "reference"))
                .filter(bot -> bot.startsWith("Bot/"))
                .map(bot -> bot.substring("Bot/".length()))
                .findFirst();
    }

    Said deploy(Call call, String id) {
        call.charge(1);
        reading.visible(call, "Bot", id, "update");
        enabled();
        var code = Json.text(call.asked().json(), "code");
        if (code.isEmpty()) {
            throw Refused.bad("Bot missing executable code");
        }
        call.charge(DEPLOY - 1);
        bots.deploy(id, code);
        return Said.outcome(Outcomes.ok(), call.asked());
    }

    Said init(Call call) {
        admin(call);
        var parameters = call.asked().json();
        call.charge(2 * DEPLOY);
        var bot = bots.made(Json.text(Json.named(parameters, "name"), "valueString"), "");
        var code = Json.text(Json.named(parameters, "executableCode"), "valueAttachment", "data");
        if (!code.isEmpty()) {
            bots.deploy(Json.id(bot), Logins.decoded(code));
        }
        return reading.said(201, archive.newest("Bot", Json.id(bot)).orElseThrow(Refused::notFound), call)
                .with("Location", reading.place(bot));
    }

    Said adminCreate(Call call) {
        admin(call);
        var body = call.asked().json();
        return Said.json(201, View.plain(bots.made(Json.text(body, "name"), Json.text(body, "description"))));
    }

    private static void admin(Call call) {
        if (!call.session().admin()) {
            throw Refused.forbidden();
        }
    }

    private void enabled() {
        if (!project.has("bots")) {
            throw Refused.bad("Bots not enabled");
        }
    }

    private BotAnswer answer(Call call, String id, JsonNode input) {
        call.charge(1);
        reading.visible(call, "Bot", id, "read");
        enabled();
        var script = bots.script(id).orElseThrow(() -> Refused.bad("No executable code"));
        var type = call.asked().contentType();
        return bots.run(
                script, new BotEvent(id, input, type, call.session().acting().profile(), call.asked()));
    }

    private static JsonNode input(Asked asked) {
        if (asked.method().equals("GET")) {
            var input = Json.object();
            asked.parameters().forEach((name, values) -> put(input, name, values));
            return input;
        }
        if (asked.contentType().equals(BotEvent.HL7) && !Hl7.isMessage(asked.text())) {
            throw Refused.bad("Content could not be parsed");
        }
        return asked.isJson() ? asked.json() : Json.MAPPER.valueToTree(asked.text());
    }

    private static void put(ObjectNode input, String name, List<String> values) {
        if (values.size() == 1) {
            input.put(name, values.getFirst());
        } else {
            values.forEach(input.putArray(name)::add);
        }
    }

    private static Said said(Call call, BotAnswer answer) {
        return switch (answer) {
            case Undefined none -> Said.fhir(200, Outcomes.ok());
            case Thrown thrown -> throw Refused.bad(thrown.message());
            case Message message -> Said.of(200, BotEvent.HL7 + "; charset=utf-8", message.er7());
            case Value value -> said(call, value.value());
        };
    }

    private static Said said(Call call, JsonNode value) {
        if (value instanceof ObjectNode outcome && Outcomes.isOutcome(outcome)) {
            return Outcomes.isError(outcome) ? Said.outcome(outcome, call.asked()) : Said.fhir(200, outcome);
        }
        if (!Json.type(value).isEmpty()) {
            var version = Json.text(value, "meta", "versionId");
            var said = Said.fhir(200, value);
            return version.isEmpty() ? said : said.with("ETag", "W/\"" + version + "\"");
        }
        var type = call.asked().contentType().startsWith("text/plain") ? "text/plain; charset=utf-8" : Said.PLAIN;
        return Said.of(200, type, text(value));
    }

    /** A string comes bare, which is no JSON, whatever the content type says; null as nothing at all. */
    private static String text(JsonNode value) {
        if (value.isNull()) {
            return "";
        }
        return value.isString() ? value.asString("") : Json.MAPPER.writeValueAsString(value);
    }

    private Jobs.Ended ended(Call call, String id, JsonNode input) {
        try {
            return switch (answer(call, id, input)) {
                case Undefined none -> completed(Jobs.outcome(Outcomes.ok()));
                case Thrown thrown -> completed(Jobs.outcome(Outcomes.error(null, "invalid", thrown.message())));
                case Message message -> completed(Jobs.body(message.er7()));
                case Value value
                when value.value() instanceof ObjectNode outcome && Outcomes.isOutcome(outcome) ->
                    completed(Jobs.outcome(outcome));
                case Value value -> completed(Jobs.body(text(value.value())));
            };
        } catch (Refused e) {
            return new Jobs.Ended("error", Json.parameters(Jobs.outcome(e.outcome())));
        }
    }

    private static Jobs.Ended completed(ObjectNode parameter) {
        return new Jobs.Ended("completed", Json.parameters(parameter));
    }
}
