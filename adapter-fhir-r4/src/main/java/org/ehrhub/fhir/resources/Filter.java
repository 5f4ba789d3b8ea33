package org.ehrhub.fhir.resources;

import java.util.List;
import org.ehrhub.fhir.client.SearchUrl;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/**
 * One filter of a query, in the words of FHIR (R4, 3.1.1.4).
 *
 * @param name the parameter, without its modifier
 * @param kind its type: {@code token}, {@code reference}, {@code date} and so on
 * @param modifier with its colon, empty for none
 * @param values any of which must fit, with FHIR's own escapes left on
 * @param place where a record has what is compared; none where the hub does not look
 */
record Filter(
        String name,
        String kind,
        String modifier,
        List<String> values,
        @Nullable Place place) {
    /** Where a record has what a filter compares. */
    @FunctionalInterface
    interface Place {
        /** The elements there. */
        List<Base> in(Resource resource);
    }

    /** Adds it to a search. */
    void addTo(SearchUrl url) {
        url.written(name + modifier, String.join(",", values));
    }

    /** Whether it may hold for a record; true where the hub cannot tell. */
    boolean mayHold(Resource row, FilterMatch match) {
        if (place == null || !modifier.isEmpty()) {
            return true;
        }
        var found = place.in(row);
        return values.stream().anyMatch(value -> found.stream().anyMatch(element -> match.fits(kind, value, element)));
    }
}
