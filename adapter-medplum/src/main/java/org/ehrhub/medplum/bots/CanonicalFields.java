package org.ehrhub.medplum.bots;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.medplum.agents.PlainJson;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.FhirJson;
import org.ehrhub.tools.Reference;
import org.jspecify.annotations.Nullable;

/**
 * The input of a tool as JSON for a bot: as the contract has it but for what is between the caller and the hub, and with
 * references as the EHR writes them, {@code Coverage/1}.
 */
final class CanonicalFields {
    private static final Set<String> THE_HUBS_OWN = Set.of("ehr", "idempotencyKey", "approvalId");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String ehr;

    CanonicalFields(String ehr) {
        this.ehr = ehr;
    }

    /**
     * The input as JSON.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it refers to another EHR
     */
    ObjectNode of(Record input) {
        var fields = written(input);
        fields.remove(THE_HUBS_OWN);
        return fields;
    }

    private ObjectNode written(Record value) {
        var fields = PlainJson.object();
        for (var component : value.getClass().getRecordComponents()) {
            var one = value(value, component);
            if (one != null) {
                fields.set(component.getName(), json(one));
            }
        }
        return fields;
    }

    private JsonNode json(Object value) {
        return switch (value) {
            case Reference reference -> JSON.textNode(own(reference));
            case FhirJson fhir -> PlainJson.read(fhir.text());
            case Record record -> written(record);
            case List<?> list -> {
                var array = JSON.arrayNode();
                list.forEach(one -> array.add(json(one)));
                yield array;
            }
            case Boolean truth -> JSON.booleanNode(truth);
            case Integer number -> JSON.numberNode(number);
            case Long number -> JSON.numberNode(number);
            case BigDecimal number -> DecimalNode.valueOf(number); // as it was written: 1.50 stays 1.50
            default -> JSON.textNode(value.toString()); // texts, and times as ISO 8601 writes them
        };
    }

    private String own(Reference reference) {
        if (!reference.ehr().equals(ehr)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "A reference leads into another EHR.",
                    "Pass references that start with " + ehr + "/.");
        }
        return reference.type() + "/" + reference.id();
    }

    private static @Nullable Object value(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
