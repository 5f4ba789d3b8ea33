package org.ehrhub.medplum.bots;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A bot that callers may run, known to them by its name or its id; no other bot runs. A bot sees the headers of the request that
 * runs it, the hub's login among them: name none here that somebody else could change.
 *
 * @param id the bot's id; this or the identifier
 * @param identifier {@code system|value} of an identifier that only this bot has
 * @param input what it is given; json without it
 * @param async whether it runs as a job that the hub follows, for bots that take longer than a call; not without it
 * @param reads whether it changes nothing, so that it may be run again where its answer was lost; not without it
 * @param deploys whether {@code bot.deploy} may replace its program; not without it
 * @param project the id of the project that {@code bot.deploy} makes it in where it is not there yet; it is not made without it
 */
public record BotSettings(
        @Nullable String id,
        @Nullable String identifier,
        @Nullable Input input,
        @Nullable Boolean async,
        @Nullable Boolean reads,
        @Nullable Boolean deploys,
        @Nullable String project) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
    private static final Pattern IDENTIFIER = Pattern.compile("[!-~&&[^|,$&\\\\]]{1,200}\\|[!-~&&[^|,$&\\\\]]{1,100}");

    /** Checks each setting. */
    public BotSettings {
        if ((id == null) == (identifier == null)) {
            throw new IllegalArgumentException("id or identifier is needed, and not both");
        }
        if (id != null && !ID.matcher(id).matches()) {
            throw new IllegalArgumentException("id must be the id of a bot");
        }
        if (identifier != null && !IDENTIFIER.matcher(identifier).matches()) {
            throw new IllegalArgumentException("identifier must be system|value");
        }
        if (project != null
                && (identifier == null
                        || !isSet(deploys)
                        || !ID.matcher(project).matches())) {
            throw new IllegalArgumentException("project must be the id of one, and needs identifier and deploys: true");
        }
    }

    /** A bot that is there. */
    public BotSettings(
            @Nullable String id,
            @Nullable String identifier,
            @Nullable Input input,
            @Nullable Boolean async,
            @Nullable Boolean reads,
            @Nullable Boolean deploys) {
        this(id, identifier, input, async, reads, deploys, null);
    }

    /** What a bot is given. */
    public enum Input {
        /** A JSON object. */
        JSON,
        /** An HL7 v2 message. */
        HL7V2,
        /** Plain text. */
        TEXT
    }

    /** A bot of this id that is given JSON. */
    public static BotSettings ofId(String id) {
        return new BotSettings(id, null, null, null, null, null);
    }

    /** What it is given, with the default applied. */
    Input given() {
        return input == null ? Input.JSON : input;
    }

    /** Whether it runs as a job, with the default applied. */
    boolean isAsync() {
        return isSet(async);
    }

    /** Whether it changes nothing, with the default applied. */
    boolean onlyReads() {
        return isSet(reads);
    }

    /** Whether its program may be replaced, with the default applied. */
    boolean isDeployable() {
        return isSet(deploys);
    }

    private static boolean isSet(@Nullable Boolean setting) {
        return Boolean.TRUE.equals(setting);
    }
}
