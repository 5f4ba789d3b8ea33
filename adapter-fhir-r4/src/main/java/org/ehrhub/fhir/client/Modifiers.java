package org.ehrhub.fhir.client;

import java.util.ArrayDeque;
import java.util.List;
import org.hl7.fhir.instance.model.api.IBaseHasModifierExtensions;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.DomainResource;

/** What may turn a record's meaning round (FHIR R4, 2.4.1 and 2.26.0.5). */
public final class Modifiers {
    private Modifiers() {}

    /** Whether a record, or any part of it, carries rules or modifiers that the hub does not know. */
    public static boolean unknownInAnyPartOf(DomainResource resource) {
        var left = new ArrayDeque<Base>(List.of(resource));
        while (!left.isEmpty()) {
            var part = left.pop();
            if (part instanceof IBaseHasModifierExtensions holder && holder.hasModifierExtension()) {
                return true;
            }
            part.children().forEach(property -> property.getValues().forEach(left::push));
        }
        return resource.hasImplicitRules();
    }

    /** Whether the record carries rules or modifiers that the hub does not know. */
    public static boolean unknownIn(DomainResource resource) {
        return resource.hasModifierExtension() || resource.hasImplicitRules();
    }
}
