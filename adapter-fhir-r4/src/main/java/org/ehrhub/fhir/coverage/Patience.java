package org.ehrhub.fhir.coverage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.ErrorCode;

/** Looks for an answer a few times, longer apart each time, and gives up well before the call's deadline. */
final class Patience {
    private static final int MOST_LOOKS = 8;
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final Duration SPARE = Duration.ofSeconds(1);

    private final FhirServer server;

    Patience(FhirServer server) {
        this.server = server;
    }

    /**
     * The answer, when there is one in time; an EHR that fails for the moment has none.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when the EHR will never show one
     */
    <T> Optional<T> awaited(Supplier<Optional<T>> look, CallContext call) {
        var pause = FIRST;
        for (int looks = 1; looks <= MOST_LOOKS; looks++) {
            var found = looked(look);
            if (found.isPresent() || looks == MOST_LOOKS || !paused(pause, call)) {
                return found;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST) > 0 ? LONGEST : pause.multipliedBy(2);
        }
        return Optional.empty();
    }

    private static <T> Optional<T> looked(Supplier<Optional<T>> look) {
        try {
            return look.get();
        } catch (EhrFailure e) {
            if (e.code().retryable()) {
                return Optional.empty();
            }
            throw new EhrFailure(
                    ErrorCode.OUTCOME_UNKNOWN,
                    "The payer was asked, but the EHR does not let the hub read the answer.",
                    "Look for the answer in the EHR itself before you ask again.");
        }
    }

    private boolean paused(Duration pause, CallContext call) {
        if (call.remaining(server.clock()).compareTo(pause.plus(SPARE)) < 0) {
            return false;
        }
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
