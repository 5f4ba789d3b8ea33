package org.ehrhub.medplum.stub;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.node.ObjectNode;

/** The bots of the stub: resources with code, of which a script stands for what it does. */
public final class Bots {
    static final String SYSTEM = "https://stub.example/bot";

    private final Archive archive;
    private final Storage storage;
    private final Map<String, BotScript> scripts = new ConcurrentHashMap<>();
    private final Map<String, BotScript> byCode = new ConcurrentHashMap<>();
    private final List<BotEvent> runs = new CopyOnWriteArrayList<>();

    Bots(Archive archive, Storage storage) {
        this.archive = archive;
        this.storage = storage;
    }

    /**
     * A bot that is deployed, and its id.
     *
     * @param name its name, and the value of its identifier in the system {@code https://stub.example/bot}
     */
    public String add(String name, BotScript script) {
        var bot = Json.resource("Bot").put("id", Archive.newId()).put("name", name);
        bot.putArray("identifier").addObject().put("system", SYSTEM).put("value", name);
        archive.put(bot);
        deploy(Json.id(bot), "exports.handler = async () => {};");
        scripts.put(Json.id(bot), script);
        return Json.id(bot);
    }

    /** What code does that is deployed from now on and holds this text; other code echoes its input. */
    public void behave(String code, BotScript script) {
        byCode.put(code, script);
    }

    /** What bots were run with, in order. */
    public List<BotEvent> runs() {
        return List.copyOf(runs);
    }

    /** Puts code in place of what the bot had. */
    void deploy(String id, String code) {
        var bot = archive.find("Bot/" + id).orElseThrow(Refused::notFound).deepCopy();
        var binary = Json.resource("Binary").put("id", Archive.newId()).put("contentType", "text/javascript");
        archive.put(binary);
        storage.keep(Json.id(binary), "text/javascript", Storage.base64(code.getBytes(StandardCharsets.UTF_8)));
        bot.putObject("executableCode")
                .put("contentType", "text/javascript")
                .put("url", Json.address(binary))
                .put("title", "index.js");
        archive.put(bot);
        scripts.put(id, ofCode(code));
    }

    Optional<BotScript> script(String id) {
        return Optional.ofNullable(scripts.get(id));
    }

    BotAnswer run(BotScript script, BotEvent event) {
        runs.add(event);
        return script.run(event);
    }

    private BotScript ofCode(String code) {
        if (code.chars().filter(one -> one == '{').count()
                        != code.chars().filter(one -> one == '}').count()
                || code.contains("( =>")) {
            return event -> new BotAnswer.Thrown("Unexpected token '=>'");
        }
        return byCode.entrySet().stream()
                .filter(entry -> code.contains(entry.getKey()))
                .findFirst()
                .map(Map.Entry::getValue)
                .orElseGet(ModesBot::new);
    }

    /** A Bot as the admin endpoint makes it: with source, without code. */
    ObjectNode made(String name, String description) {
        var bot = Json.resource("Bot").put("id", Archive.newId()).put("name", name);
        if (!description.isEmpty()) {
            bot.put("description", description);
        }
        var source = Json.resource("Binary").put("id", Archive.newId()).put("contentType", "text/typescript");
        archive.put(source);
        storage.keep(Json.id(source), "text/typescript", "");
        bot.put("runtimeVersion", "vmcontext")
                .putObject("sourceCode")
                .put("contentType", "text/typescript")
                .put("title", "index.ts")
                .put("url", Json.address(source));
        archive.put(bot);
        return bot;
    }
}
