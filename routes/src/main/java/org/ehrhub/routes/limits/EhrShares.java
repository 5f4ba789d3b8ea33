package org.ehrhub.routes.limits;

import java.util.Map;

/**
 * What all calls of each EHR may use.
 *
 * @param usual of an EHR that is not named
 * @param named of these EHRs, by name
 */
public record EhrShares(Share usual, Map<String, Share> named) {
    /** The same for each EHR. */
    public EhrShares(Share usual) {
        this(usual, Map.of());
    }

    /** Of this EHR. */
    public Share of(String ehr) {
        return named.getOrDefault(ehr, usual);
    }
}
