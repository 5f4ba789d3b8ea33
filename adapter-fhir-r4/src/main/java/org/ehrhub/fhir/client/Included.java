package org.ehrhub.fhir.client;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The records that the server sent along with the rows of a page ({@code _include}). */
public final class Included {
    private final Map<String, Resource> byPlace = new HashMap<>();

    /** Those of one page. */
    public static Included in(Bundle page) {
        var included = new Included();
        for (var entry : page.getEntry()) {
            var resource = entry.getResource();
            if (resource != null && resource.getIdPart() != null) {
                included.byPlace.put(resource.fhirType() + "/" + resource.getIdPart(), resource);
            }
        }
        return included;
    }

    /** The record that a reference points at, where it was sent along and is of this type. */
    public <R extends Resource> Optional<R> find(Reference reference, Class<R> type) {
        var id = reference.getReferenceElement();
        return Optional.ofNullable(byPlace.get(id.getResourceType() + "/" + id.getIdPart()))
                .filter(type::isInstance)
                .map(type::cast);
    }
}
