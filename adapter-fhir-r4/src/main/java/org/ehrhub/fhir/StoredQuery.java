package org.ehrhub.fhir;

import java.util.regex.Pattern;

/**
 * A GraphQL query that callers may have run, and nothing else in GraphQL (FHIR R4, GraphQL).
 *
 * @param name by which callers ask for it
 * @param query the text, about the one patient of its variable {@code $patient: ID!}
 */
public record StoredQuery(String name, String query) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

    /** Checks the name. */
    public StoredQuery {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name must be of small letters, digits and hyphens, at most 32");
        }
    }
}
