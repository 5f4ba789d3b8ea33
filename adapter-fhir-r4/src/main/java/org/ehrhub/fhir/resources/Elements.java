package org.ehrhub.fhir.resources;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.r4.model.Base;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Property;
import org.hl7.fhir.r4.model.Resource;

/** What stands in a record under a name, whatever its type. */
final class Elements {
    private static final String IN_ERROR = "entered-in-error";

    private Elements() {}

    /** The elements of a name, none where the type has no such element. */
    static List<Base> of(Base holder, String name) {
        var property = holder.getNamedProperty(name);
        return property == null ? List.of() : List.copyOf(property.getValues());
    }

    /** Everything in a record, what it contains included. */
    static List<Base> all(Resource resource) {
        var found = new ArrayList<Base>();
        var left = new ArrayDeque<Base>(List.of(resource));
        while (!left.isEmpty()) {
            var element = left.pop();
            found.add(element);
            element.children().stream()
                    .map(Property::getValues)
                    .flatMap(List::stream)
                    .forEach(left::push);
        }
        return found;
    }

    /** Whether a record says of itself that it was entered in error, in its status or as conditions and allergies do. */
    static boolean enteredInError(Resource resource) {
        return of(resource, "status").stream().anyMatch(status -> IN_ERROR.equals(status.primitiveValue()))
                || of(resource, "verificationStatus").stream()
                        .filter(CodeableConcept.class::isInstance)
                        .flatMap(status -> ((CodeableConcept) status).getCoding().stream())
                        .anyMatch(coding -> IN_ERROR.equals(coding.getCode()));
    }
}
