package org.ehrhub.medplum.client;

import java.util.Map;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.jspecify.annotations.Nullable;

/**
 * In whose name Medplum does what the hub asks of it, so that their access policy holds and their name stands in what is
 * written; the hub's ClientApplication must be an administrator of its project. Only the settings say whose.
 *
 * @param profile in whose name for every user: {@code Practitioner/ID}, {@code Patient/ID}, {@code RelatedPerson/ID} or
 *     {@code ProjectMembership/ID}
 * @param users in whose name for each user, by the user's principal: {@code ISSUER|SUBJECT} of a token
 * @param others what becomes of users who are not among these; they are refused without it
 */
public record OnBehalfOf(
        @Nullable String profile,
        Map<String, String> users,
        @Nullable Others others) {
    private static final Pattern PROFILE =
            Pattern.compile("(Practitioner|Patient|RelatedPerson|ProjectMembership)/[A-Za-z0-9.-]{1,64}");

    static final String HEADER = "X-Medplum-On-Behalf-Of";

    /** What becomes of users who have no profile. */
    public enum Others {
        /** Nothing is asked for them. */
        REFUSED,
        /** What they ask is asked in the hub's own name. */
        AS_CLIENT
    }

    /** Checks each setting. */
    public OnBehalfOf {
        users = Map.copyOf(users);
        if ((profile == null) == users.isEmpty()) {
            throw new IllegalArgumentException("on-behalf-of holds either a profile or users");
        }
        if (profile != null && others != null) {
            throw new IllegalArgumentException("others belongs to users");
        }
        if (profile != null && !PROFILE.matcher(profile).matches()) {
            throw new IllegalArgumentException("profile must be such as Practitioner/ID or ProjectMembership/ID");
        }
        if (!users.values().stream().allMatch(one -> PROFILE.matcher(one).matches())) {
            throw new IllegalArgumentException(
                    "users must have profiles such as Practitioner/ID or ProjectMembership/ID");
        }
    }

    /**
     * The header that says in whose name a caller's requests are made.
     *
     * @throws EhrFailure {@code DENIED} when there is nobody for this caller
     */
    Map<String, String> headers(Caller caller) {
        var named = profile == null ? users.get(caller.principal()) : profile;
        if (named != null) {
            return Map.of(HEADER, named);
        }
        if (others == Others.AS_CLIENT) {
            return Map.of();
        }
        throw new EhrFailure(
                ErrorCode.DENIED,
                "The hub knows no user of this EHR for you; nothing was sent.",
                "Ask the hub's operator to name one in `on-behalf-of` of this EHR.");
    }
}
