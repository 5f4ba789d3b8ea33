package org.ehrhub.tools.bots;

import org.ehrhub.tools.Arguments;
import org.ehrhub.tools.Describe;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.WriteInput;
import org.jspecify.annotations.Nullable;

/** The input of {@code bot.execute}. */
@Describe(
        title = "Run a bot",
        value =
                "Runs a program inside the EHR. What it does depends on the bot: use only the ones the user names. It needs a person's approval. pending means that it still runs: call again with the same idempotencyKey.",
        example = "{\"bot\":\"clinic/Bot/4f7c1c1e-6f0a-4a56-9a3e-2f1c7f5a0b11\"}")
public record BotExecute(
        @Describe("ehr/Bot/name, as the hub's settings name it, or ehr/Bot/id.")
        Reference bot,

        @Describe("What the bot is given.") @Nullable FhirJson input,

        @Describe(
                value = "What a bot is given that takes an HL7 v2 message or text, in the place of `input`.",
                maxLength = 200000)
        @Nullable
        String text,

        @Describe(value = "Yours: with the same key and arguments nothing is written twice.", maxLength = 128) @Nullable
        String idempotencyKey,

        @Describe(value = "Once one was asked for.", maxLength = 128) @Nullable
        String approvalId)
        implements WriteInput {
    /** Checks the arguments. */
    public BotExecute {
        bot.of("Bot", "bot");
        Arguments.paragraphs(text, "text", 200_000);
        Arguments.keys(idempotencyKey, approvalId);
    }
}
