package org.ehrhub.fhir.resources;

import org.ehrhub.fhir.client.WriteKeys;
import org.hl7.fhir.r4.model.Resource;

/** Whether records of a type have room for the hub's key of a write. */
enum KeyPlace {
    /** They have no identifier. */
    NONE,
    /** They have one identifier, which may be taken. */
    ONE,
    /** They have as many as one likes. */
    MANY;

    static KeyPlace in(Resource resource) {
        var property = resource.getNamedProperty("identifier");
        return property == null ? NONE : property.getMaxCardinality() == 1 ? ONE : MANY;
    }

    /** Puts the key into a record where there is room; says whether it is there now. */
    static boolean put(Resource resource, String key) {
        boolean room = switch (in(resource)) {
            case NONE -> false;
            case ONE -> Elements.of(resource, "identifier").isEmpty();
            case MANY -> true;
        };
        if (room) {
            WriteKeys.add(resource, key);
        }
        return room;
    }
}
