package org.ehrhub.medplum.agents;

import java.util.Locale;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.agents.Receivers.Addressed;
import org.ehrhub.medplum.agents.SentMessages.Fate;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.hl7v2.Hl7Outcome;
import org.jspecify.annotations.Nullable;

/** What became of messages, in the hub's records. */
final class Outcomes {
    private final Receivers receivers;

    Outcomes(Receivers receivers) {
        this.receivers = receivers;
    }

    Hl7Outcome outcome(Addressed message, Fate fate) {
        return outcome(message, fate, null);
    }

    Hl7Outcome outcome(Addressed message, Fate fate, @Nullable String link) {
        return new Hl7Outcome(
                receivers.reference(message),
                fate.status().name().toLowerCase(Locale.ROOT),
                fate.code(),
                message.controlId(),
                1,
                fate.error(),
                link);
    }

    /** What became of a message that this process knows nothing of. */
    Hl7Outcome untold(Addressed message, @Nullable String link) {
        return new Hl7Outcome(receivers.reference(message), "unknown", null, message.controlId(), null, null, link);
    }

    EhrFailure unknown(Addressed message) {
        return new EhrFailure(
                ErrorCode.OUTCOME_UNKNOWN,
                "The message was sent and not acknowledged; the receiver may have it all the same, and nobody else can"
                        + " tell.",
                "Look at the receiver for the message with this MSH-10 before you send it again in any form. The hub does"
                        + " not repeat it; hl7v2.status says what it knows: " + receivers.reference(message) + ".");
    }
}
