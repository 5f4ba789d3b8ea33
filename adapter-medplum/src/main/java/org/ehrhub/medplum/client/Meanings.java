package org.ehrhub.medplum.client;

import java.time.Duration;
import java.util.Optional;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.Interaction;
import org.ehrhub.fhir.client.Refusal;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.r4.model.OperationOutcome;

/** Refusals that mean something else than their HTTP status says. */
final class Meanings {
    private static final int BAD_REQUEST = 400;
    private static final int TOO_MANY = 429;
    private static final Duration LONGEST_COUNT = Duration.ofMinutes(1);

    private Meanings() {}

    static Optional<EhrFailure> of(Refusal refusal) {
        if (refusal.status() == TOO_MANY) {
            return Optional.of(RateLimits.refused(anew(refusal)));
        }
        if (refusal.status() != BAD_REQUEST) {
            return Optional.empty();
        }
        boolean inAName = refusal.sent().containsKey(OnBehalfOf.HEADER);
        if (inAName && says(refusal, "Authentication error")) {
            return Optional.of(notInThisName());
        }
        return refusal.kind() == Interaction.PATCH && says(refusal, "Test failed")
                ? Optional.of(changed())
                : Optional.empty();
    }

    /** There is no Retry-After: what is used up says itself when it begins anew. */
    private static Duration anew(Refusal refusal) {
        var limits = RateLimitHeader.of(refusal.header().apply(RateLimitHeader.NAME));
        var seconds = limits.seconds();
        return seconds.isPresent() ? Duration.ofSeconds(seconds.getAsLong()) : LONGEST_COUNT;
    }

    private static boolean says(Refusal refusal, String start) {
        return refusal.outcome().stream()
                .map(OperationOutcome::getIssue)
                .flatMap(issues -> issues.stream())
                .anyMatch(issue -> String.valueOf(issue.getDetails().getText()).startsWith(start));
    }

    private static EhrFailure notInThisName() {
        return new EhrFailure(
                ErrorCode.DENIED,
                "The EHR does not let the hub act in this user's name; nothing was done.",
                "Ask the hub's operator to check `on-behalf-of` of this EHR: the profile must be there, and the hub's"
                        + " ClientApplication an administrator of the project.");
    }

    private static EhrFailure changed() {
        return new EhrFailure(
                ErrorCode.CONFLICT,
                "Somebody else changed it meanwhile, or it is not as the patch tests; nothing was done.",
                "Read it again and decide anew.");
    }
}
