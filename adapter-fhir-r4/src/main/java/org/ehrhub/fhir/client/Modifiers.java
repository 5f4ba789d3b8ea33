package org.ehrhub.fhir.client;

import org.hl7.fhir.r4.model.DomainResource;

/** What may turn a record's meaning round (FHIR R4, 2.4.1 and 2.26.0.5). */
public final class Modifiers {
    private Modifiers() {}

    /** Whether the record carries rules or modifiers that the hub does not know. */
    public static boolean unknownIn(DomainResource resource) {
        return resource.hasModifierExtension() || resource.hasImplicitRules();
    }
}
