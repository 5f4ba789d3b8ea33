package org.ehrhub.hl7v2.journal;

import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.ValidationException;
import org.apache.camel.util.ObjectHelper;
import org.ehrhub.adapters.journal.Settlement;
import org.ehrhub.mllp.MessageNotSentException;
import org.ehrhub.mllp.MllpHeaders;
import org.ehrhub.mllp.OutcomeUnknownException;
import org.ehrhub.mllp.framing.AcknowledgementCode;
import org.jspecify.annotations.Nullable;

/** What a route made of a message. Of what went wrong only the kind is told: the words of others may hold what is in a chart. */
final class Outcome {
    private Outcome() {}

    static Settlement of(Exchange exchange, int attempt, Handover handover, Retries retries) {
        var next = handover.close();
        var failure = exchange.getException();
        if (failure != null) {
            return failed(failure, attempt, retries);
        }
        if (exchange.isRollbackOnly()) {
            return retries.after(attempt, "The route took it back");
        }
        return answer(exchange)
                .filter(code -> !code.isAccept())
                .map(code -> refused(code, attempt, retries))
                .orElseGet(() -> new Settlement.Done(next));
    }

    private static Optional<AcknowledgementCode> answer(Exchange exchange) {
        return Optional.ofNullable(exchange.getMessage().getHeader(MllpHeaders.ACKNOWLEDGEMENT, String.class))
                .flatMap(AcknowledgementCode::of);
    }

    private static Settlement refused(AcknowledgementCode answer, int attempt, Retries retries) {
        var reason = "The receiver refused it: " + answer;
        return switch (retries.refused()) {
            case DEAD -> new Settlement.Dead(reason);
            case RETRY -> retries.after(attempt, reason);
        };
    }

    private static Settlement failed(Exception failure, int attempt, Retries retries) {
        var transport = transport(failure);
        if (transport != null) {
            return retries.after(attempt, transport);
        }
        var kind = "The route failed: " + kind(failure);
        return isOfTheMessage(failure) ? new Settlement.Dead(kind) : retries.after(attempt, kind);
    }

    /** What the transport says, in words of its own. */
    private static @Nullable String transport(Exception failure) {
        var notSent = ObjectHelper.getException(MessageNotSentException.class, failure);
        var unknown = ObjectHelper.getException(OutcomeUnknownException.class, failure);
        return notSent != null ? notSent.getMessage() : unknown != null ? unknown.getMessage() : null;
    }

    private static String kind(Exception failure) {
        return failure.getClass().getSimpleName();
    }

    /** Whether the fault is the message's own, so that another attempt would end the same. */
    private static boolean isOfTheMessage(Exception failure) {
        return ObjectHelper.getException(IllegalArgumentException.class, failure) != null
                || ObjectHelper.getException(InvalidPayloadException.class, failure) != null
                || ObjectHelper.getException(ValidationException.class, failure) != null;
    }
}
