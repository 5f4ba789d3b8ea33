package org.ehrhub.tools;

import java.util.Set;

/**
 * Who is calling: the authenticated principal, never something the model says.
 *
 * @param subject a stable name of the principal (token subject, or the operating-system user over stdio)
 * @param roles the roles the hub's policy knows it by
 */
public record Caller(String subject, Set<String> roles) {
    /** Takes a copy of the roles. */
    public Caller {
        roles = Set.copyOf(roles);
    }
}
