package org.ehrhub.fhir.charts;

import java.util.Optional;
import org.ehrhub.fhir.client.Included;
import org.hl7.fhir.r4.model.HumanName;
import org.hl7.fhir.r4.model.Location;
import org.hl7.fhir.r4.model.Organization;
import org.hl7.fhir.r4.model.Practitioner;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/** Who or where it is that a record points at, by the name that came with the record; nobody is read for their name. */
public final class Actors {
    private static final int NAME = 120;

    private Actors() {}

    /** The name that the reference shows, else that of the record sent along. */
    public static @Nullable String name(Reference reference, Included included) {
        return Words.line(reference.hasDisplay() ? reference.getDisplay() : sentAlong(reference, included), NAME);
    }

    private static @Nullable String sentAlong(Reference reference, Included included) {
        return included.find(reference, Practitioner.class)
                .map(person -> name(person.getNameFirstRep()))
                .or(() -> included.find(reference, Organization.class).map(Organization::getName))
                .or(() -> included.find(reference, Location.class).map(Location::getName))
                .orElse(null);
    }

    private static @Nullable String name(HumanName name) {
        return Optional.ofNullable(name.getText()).orElseGet(name::getNameAsSingleString);
    }
}
