package org.ehrhub.server.login;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.Jwt;

/**
 * Who acts in the name of a token's subject (RFC 8693, 4.1). Only the outermost actor counts; those before it must be told as
 * the standard has it, and play no part.
 */
final class Actors {
    private static final String CLAIM = "act";
    private static final int MOST = 8;
    private static final int LONGEST = 255;

    private Actors() {}

    /** The actor; none where the subject acts. One of another issuer is named after it: the token's own vouches for both. */
    static @Nullable String of(Jwt token) throws LoginRefused {
        if (!token.getClaims().containsKey(CLAIM)) {
            return null;
        }
        Object claim = token.getClaims().get(CLAIM);
        var actor = actor(claim, String.valueOf(token.getClaimAsString("iss")));
        var before = before(claim);
        for (int i = 1; before != null; i++) {
            if (i == MOST) {
                throw refused();
            }
            actor(before, "");
            before = before(before);
        }
        return actor;
    }

    private static @Nullable Object before(@Nullable Object claim) {
        return claim instanceof Map<?, ?> actor ? actor.get(CLAIM) : null;
    }

    private static String actor(@Nullable Object claim, String issuer) throws LoginRefused {
        if (!(claim instanceof Map<?, ?> actor) || !(actor.get("sub") instanceof String subject) || !isName(subject)) {
            throw refused();
        }
        return switch (actor.get("iss")) {
            case null -> subject;
            case String own when own.equals(issuer) -> subject;
            case String other when isName(other) -> other + "|" + subject;
            default -> throw refused();
        };
    }

    private static boolean isName(String text) {
        return !text.isBlank() && text.length() <= LONGEST && text.chars().noneMatch(Character::isISOControl);
    }

    private static LoginRefused refused() {
        return LoginRefused.invalidToken("The token does not say as RFC 8693 has it who acts in its subject's name.");
    }
}
