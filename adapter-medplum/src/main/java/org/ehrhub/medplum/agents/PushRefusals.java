package org.ehrhub.medplum.agents;

import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.OwnAnswer;
import org.ehrhub.tools.ErrorCode;

/**
 * What it means that Medplum does not answer a {@code $push} with an acknowledgement. Its status is 400 for nearly all, so its
 * words must do; what they do not say for certain is not known.
 */
final class PushRefusals {
    private static final Pattern NO_CONNECTION =
            Pattern.compile("(connect E[A-Z]+|getaddrinfo E[A-Z_]+)\\b.*", Pattern.DOTALL);
    private static final Pattern NO_DEVICE = Pattern.compile("Destination device (not found|missing url).*");
    private static final Pattern NO_MESSAGE = Pattern.compile("(.*Invalid HL7 message|Required field missing: .*)");
    private static final Pattern BAD_REQUEST = Pattern.compile(
            "Missing (body|contentType|destination) parameter|Invalid wait timeout|Invalid value for returnAck.*");
    private static final int BAD = 400;
    private static final int ABSENT = 404;

    private PushRefusals() {}

    /** The failure to throw. */
    static EhrFailure of(OwnAnswer answer) {
        if (answer.good()) {
            return FhirServer.unclear();
        }
        if (answer.status() == ABSENT) {
            return misconfigured("agent");
        }
        return answer.status() == BAD ? bad(PlainJson.words(PlainJson.read(answer))) : rejected();
    }

    /** Whether nothing has left the EHR where a push failed so. */
    static boolean isSurelyUnsent(EhrFailure failure) {
        return failure.code() != ErrorCode.OUTCOME_UNKNOWN && failure.code() != ErrorCode.INTERNAL;
    }

    private static EhrFailure bad(String words) {
        if (NO_CONNECTION.matcher(words).matches()) {
            return new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE,
                    "The receiver could not be reached; nothing was sent.",
                    "Try again later; if it stays so, ask the hub's operator to look at the receiver.");
        }
        if (words.startsWith("Agent is currently disabled")) {
            return new EhrFailure(
                    ErrorCode.EHR_UNAVAILABLE,
                    "The agent that delivers messages is switched off in the EHR; nothing was sent.",
                    "Ask the hub's operator to have it switched on.");
        }
        if (NO_DEVICE.matcher(words).matches()) {
            return misconfigured("device");
        }
        return NO_MESSAGE.matcher(words).matches() || BAD_REQUEST.matcher(words).matches()
                ? rejected()
                : FhirServer.unclear();
    }

    private static EhrFailure misconfigured(String what) {
        return new EhrFailure(
                ErrorCode.UNSUPPORTED,
                "The EHR does not know the " + what
                        + " of this receiver, or does not show it to the hub; nothing was sent.",
                "Ask the hub's operator to check `agents` in this EHR's settings.");
    }

    private static EhrFailure rejected() {
        return new EhrFailure(
                ErrorCode.REJECTED_BY_EHR,
                "The EHR refused to send the message; nothing was sent.",
                "Check the message: the same one will be refused again.");
    }
}
