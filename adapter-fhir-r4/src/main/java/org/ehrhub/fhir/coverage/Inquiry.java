package org.ehrhub.fhir.coverage;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ehrhub.tools.Reference;

/**
 * By what a decision is followed that the EHR does not keep: what the payer needs in order to find it. It is written into the
 * id of a reference, where underscores keep it from being an id of FHIR.
 *
 * @param order the id of the order
 * @param coverage the id of the coverage
 * @param key the request's own identifier
 */
record Inquiry(String order, String coverage, String key) {
    private static final String ID = "((?!\\.{1,2}_)[A-Za-z0-9.-]{1,64})";
    private static final Pattern WRITTEN = Pattern.compile("inquire_" + ID + "_" + ID + "_([A-Za-z0-9]{1,64})");

    /** The inquiry in a reference; empty when it is a reference to a decision that the EHR keeps. */
    static Optional<Inquiry> in(Reference reference) {
        return Optional.of(WRITTEN.matcher(reference.id()))
                .filter(Matcher::matches)
                .map(found -> new Inquiry(found.group(1), found.group(2), found.group(3)));
    }

    /** The reference to hand out. */
    Reference reference(String ehr) {
        return new Reference(ehr, "ClaimResponse", "inquire_" + order + "_" + coverage + "_" + key);
    }
}
