package org.ehrhub.medplum.bots;

import java.util.Map;
import java.util.TreeMap;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;

/** The bots of one EHR that callers may run, by their names. */
final class KnownBots {
    private final String ehr;
    private final Map<String, BotSettings> byName;

    KnownBots(String ehr, Map<String, BotSettings> byName) {
        this.ehr = ehr;
        this.byName = new TreeMap<>(byName);
    }

    /**
     * The bot that a caller names, by its name here or its id there.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is of another EHR, {@code NOT_FOUND} when it is none of these
     */
    BotSettings of(Reference bot) {
        if (!bot.ehr().equals(ehr)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`bot` is a reference into another EHR.",
                    "Pass a reference that starts with " + ehr + "/.");
        }
        var named = byName.get(bot.id());
        if (named != null) {
            return named;
        }
        return byName.values().stream()
                .filter(settings -> bot.id().equals(settings.id()))
                .findFirst()
                .orElseThrow(this::notListed);
    }

    /** The name of a bot of these. */
    String name(BotSettings bot) {
        return byName.entrySet().stream()
                .filter(known -> known.getValue().equals(bot))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(this::notListed);
    }

    private EhrFailure notListed() {
        return new EhrFailure(
                ErrorCode.NOT_FOUND,
                "This is none of the bots that the hub runs in this EHR; nothing was asked of the EHR.",
                "They are: " + String.join(", ", byName.keySet()) + ".");
    }
}
