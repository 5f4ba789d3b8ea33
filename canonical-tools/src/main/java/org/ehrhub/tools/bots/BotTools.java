package org.ehrhub.tools.bots;

import org.ehrhub.tools.CanonicalTool.Write;
import org.ehrhub.tools.Risk;

/** The tools about bots. */
public final class BotTools {
    /** Runs a bot. */
    public static final Write<BotExecute, BotOutcome> EXECUTE =
            new Write<>("bot.execute", BotExecute.class, BotOutcome.class, Risk.HIGH_IMPACT);
    /** Replaces a bot's program. */
    public static final Write<BotDeploy, Bot> DEPLOY =
            new Write<>("bot.deploy", BotDeploy.class, Bot.class, Risk.HIGH_IMPACT);

    private BotTools() {}
}
