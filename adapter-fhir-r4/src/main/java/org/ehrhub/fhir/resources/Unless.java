package org.ehrhub.fhir.resources;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.SearchUrl;
import org.hl7.fhir.r4.model.Identifier;
import org.hl7.fhir.r4.model.Resource;

/**
 * The condition of a create (FHIR R4, 3.1.0.8.1): nothing is created where a record has this identifier.
 *
 * @param system the identifier's system
 * @param value the identifier
 */
record Unless(String system, String value) {
    private static final Pattern WRITTEN =
            Pattern.compile("identifier=([^|,\\\\$&=?#]{1,300})\\|([^|,\\\\$&=?#]{1,200})");

    /**
     * Reads {@code identifier=system|value}.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is anything else
     */
    static Unless parse(String written, String argument) {
        return PercentText.decoded(written)
                .map(WRITTEN::matcher)
                .filter(Matcher::matches)
                .map(parts -> new Unless(parts.group(1), parts.group(2)))
                .orElseThrow(() -> Refused.of(
                        argument,
                        "is not of the form identifier=system|value.",
                        "Name one identifier with its system."));
    }

    /** The search that finds such a record. */
    SearchUrl search(String type) {
        return SearchUrl.of(type).token("identifier", system + "|" + value);
    }

    /** Whether a record has the identifier. */
    boolean holdsFor(Resource resource) {
        return Elements.of(resource, "identifier").stream()
                .anyMatch(held -> held instanceof Identifier identifier
                        && system.equals(identifier.getSystem())
                        && value.equals(identifier.getValue()));
    }
}
