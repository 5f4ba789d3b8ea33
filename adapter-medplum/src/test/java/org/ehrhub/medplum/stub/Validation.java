package org.ehrhub.medplum.stub;

import ca.uhn.fhir.context.BaseRuntimeChildDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementCompositeDefinition;
import ca.uhn.fhir.context.BaseRuntimeElementDefinition;
import ca.uhn.fhir.context.FhirContext;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.medplum.stub.Refused.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What Medplum finds wrong with the structure of an R4 resource; codes and references it does not look at. */
final class Validation {
    private static final Set<String> ANYWHERE =
            Set.of("resourceType", "id", "meta", "extension", "modifierExtension", "contained", "implicitRules");
    private static final Set<String> WITHOUT_TIME = Set.of("proposed", "cancelled", "waitlist");
    private static final Set<String> NUMBERS = Set.of("decimal", "integer", "positiveInt", "unsignedInt");
    private static final Map<String, Pattern> FORMS = Map.of(
            "date", Pattern.compile("\\d{4}(-\\d{2}(-\\d{2})?)?"),
            "dateTime",
                    Pattern.compile(
                            "\\d{4}(-\\d{2}(-\\d{2}(T\\d{2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:\\d{2})?)?)?)?"),
            "instant", Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?(Z|[+-]\\d{2}:\\d{2})"));

    private final FhirContext fhir;
    private final List<Problem> problems = new ArrayList<>();

    private Validation(FhirContext fhir) {
        this.fhir = fhir;
    }

    /** Refuses with all of its problems a resource that has any. */
    static void check(FhirContext fhir, ObjectNode resource) {
        var validation = new Validation(fhir);
        validation.resource(resource);
        if (Json.type(resource).equals("Appointment")) {
            validation.appointment(resource);
        }
        if (!validation.problems.isEmpty()) {
            throw Refused.invalid(validation.problems);
        }
    }

    private void resource(JsonNode resource) {
        var type = Json.type(resource);
        if (fhir.getResourceTypes().contains(type)) {
            element(type, resource, fhir.getResourceDefinition(type));
        }
    }

    /** The invariants of FHIR that matter most here; a live server looks at them all. */
    private void appointment(JsonNode appointment) {
        if (!(appointment.has("start") && appointment.has("end"))
                && !WITHOUT_TIME.contains(Json.text(appointment, "status"))) {
            invariant("Appointment", "app-3", "Only proposed or cancelled appointments can be missing start/end dates");
        }
        if (Json.items(appointment.path("participant")).anyMatch(one -> !one.has("type") && !one.has("actor"))) {
            invariant("Appointment", "app-1", "Either the type or actor on the participant SHALL be specified");
        }
    }

    private void invariant(String path, String name, String words) {
        problems.add(new Problem("invariant", path, "Constraint " + name + " not met: " + words));
    }

    private void element(String path, JsonNode element, BaseRuntimeElementCompositeDefinition<?> definition) {
        var known = new LinkedHashSet<>(ANYWHERE);
        for (var child : definition.getChildren()) {
            known.addAll(child.getValidChildNames());
            if (!ANYWHERE.contains(child.getElementName())) {
                child(path, element, child);
            }
        }
        element.propertyNames().stream()
                .filter(name -> !known.contains(name.startsWith("_") ? name.substring(1) : name))
                .forEach(name -> problem(path + "." + name, "Invalid additional property \"" + name + "\""));
    }

    private void child(String path, JsonNode element, BaseRuntimeChildDefinition child) {
        var present = child.getValidChildNames().stream()
                .filter(name -> element.has(name) || element.has("_" + name))
                .toList();
        if (present.isEmpty() && child.getMin() > 0) {
            problem(path + "." + child.getElementName(), "Missing required property");
        }
        for (var name : present) {
            var definition = child.getChildByName(name);
            var value = element.path(name);
            var many = child.isMultipleCardinality();
            if (many && !value.isArray() && !value.isMissingNode()) {
                problem(path + "." + name, "Expected array of values for property");
            } else if (definition != null) {
                (many ? Json.items(value) : Stream.of(value))
                        .filter(one -> !one.isMissingNode() && !one.isNull())
                        .forEach(one -> value(path + "." + name, one, definition));
            }
        }
    }

    private void value(String path, JsonNode value, BaseRuntimeElementDefinition<?> definition) {
        if (value.isObject() && value.has("resourceType")) {
            resource(value);
        } else if (definition instanceof BaseRuntimeElementCompositeDefinition<?> composite) {
            if (value.isObject()) {
                element(path, value, composite);
            } else {
                problem(path, "Invalid JSON type: expected object, but got " + kind(value));
            }
        } else if (definition.getChildType() == BaseRuntimeElementDefinition.ChildTypeEnum.PRIMITIVE_DATATYPE) {
            primitive(path, value, definition.getName());
        }
    }

    private void primitive(String path, JsonNode value, String type) {
        var expected = type.equals("boolean") ? "boolean" : NUMBERS.contains(type) ? "number" : "string";
        if (!kind(value).equals(expected)) {
            problem(path, "Invalid JSON type: expected " + expected + ", but got " + kind(value));
        } else if (FORMS.containsKey(type)
                && !FORMS.get(type).matcher(value.asString("")).matches()) {
            problem(path, "Invalid " + type + " format");
        }
    }

    private static String kind(JsonNode value) {
        if (value.isString()) {
            return "string";
        }
        if (value.isNumber()) {
            return "number";
        }
        return value.isBoolean() ? "boolean" : "object";
    }

    private void problem(String path, String words) {
        problems.add(new Problem("structure", path, words));
    }
}
