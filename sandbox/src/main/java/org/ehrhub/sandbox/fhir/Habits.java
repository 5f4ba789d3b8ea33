package org.ehrhub.sandbox.fhir;

import java.time.ZoneId;
import java.util.Map;
import java.util.Set;

/**
 * How one site's server behaves where FHIR leaves a choice, or where real servers go wrong.
 *
 * @param site            the first segment of its addresses
 * @param zone            the offset of times it computes and of dates it is asked for without one
 * @param defaultPage     results on a page when the client does not say
 * @param largestPage     results on a page whatever the client says
 * @param transactions    whether it takes transaction and batch Bundles
 * @param readOnly        the types that clients do not write
 * @param onlyClaimedCreates the types whose create it claims, and answers with 501
 * @param ignoredFilters  search parameters, by type, that it claims to know and silently ignores
 */
public record Habits(
        String site,
        ZoneId zone,
        int defaultPage,
        int largestPage,
        boolean transactions,
        Set<String> readOnly,
        Set<String> onlyClaimedCreates,
        Map<String, Set<String>> ignoredFilters) {
    boolean ignores(String type, String parameter) {
        return ignoredFilters.getOrDefault(type, Set.of()).contains(parameter);
    }
}
