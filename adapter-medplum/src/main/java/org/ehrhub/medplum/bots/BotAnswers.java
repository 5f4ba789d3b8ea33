package org.ehrhub.medplum.bots;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.agents.Acknowledgement;
import org.ehrhub.medplum.agents.Er7;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.bots.BotOutcome;

/**
 * What a bot answered, as the hub tells it.
 *
 * @param outcome data, whatever it says
 * @param warnings what the caller must know before relying on it
 */
record BotAnswers(BotOutcome outcome, List<String> warnings) {
    private static final String HIDDEN = "A login that the bot showed was left out of its answer.";
    private static final String NOTHING = "The bot returned nothing.";

    /**
     * Reads an answer.
     *
     * @throws EhrFailure when it says that the bot failed, or that it did not take the message
     */
    static BotAnswers of(BotSaid said, BotSettings settings) {
        var json = said.json();
        if (BotFailures.isBad(json)) {
            throw BotFailures.failed(settings.onlyReads());
        }
        if (settings.given() == BotSettings.Input.HL7V2) {
            checkAcknowledged(said, settings);
        }
        var warnings = new ArrayList<String>();
        if (said.hidden()) {
            warnings.add(HIDDEN);
        }
        if (said.text().isEmpty()) {
            warnings.add(NOTHING);
            return new BotAnswers(new BotOutcome(null, null, null), warnings);
        }
        // A number, a list, or a text without quotes: Medplum calls all of them JSON.
        return json.isObject() && !said.er7()
                ? new BotAnswers(new BotOutcome(new FhirJson(said.text()), null, null), warnings)
                : new BotAnswers(new BotOutcome(null, said.text(), null), warnings);
    }

    /** Medplum says that all is well for a bot that returned nothing, too. */
    private static void checkAcknowledged(BotSaid said, BotSettings settings) {
        try {
            var answer = said.er7() ? Acknowledgement.of(Er7.read(said.text())) : Optional.<Acknowledgement>empty();
            var told = answer.orElseThrow(() -> BotFailures.unacknowledged(settings.onlyReads()));
            if (!told.good()) {
                throw told.refusal();
            }
        } catch (Er7.Malformed e) {
            throw BotFailures.unacknowledged(settings.onlyReads());
        }
    }
}
