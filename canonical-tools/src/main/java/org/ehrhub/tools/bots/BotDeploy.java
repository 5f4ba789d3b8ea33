package org.ehrhub.tools.bots;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code bot.deploy}. */
@Describe(
        title = "Deploy a bot",
        value = "Replaces a bot's program inside the EHR. For people who maintain bots; it needs a person's approval.",
        example =
                "{\"bot\":\"clinic/Bot/4f7c1c1e-6f0a-4a56-9a3e-2f1c7f5a0b11\",\"code\":\"exports.handler = async () => true;\"}")
public record BotDeploy(
        @Describe("ehr/Bot/id.") Reference bot,

        @Describe(value = "The compiled JavaScript.", maxLength = 200000)
        String code,

        @Describe(value = "The bot's version that the user saw; another one is a CONFLICT.", maxLength = 64) @Nullable
        String version,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public BotDeploy {
        bot.of("Bot", "bot");
        Arguments.paragraphs(code, "code", 200_000);
        Arguments.text(version, "version", 64);
        Arguments.keys(idempotencyKey, approvalId);
    }
}
