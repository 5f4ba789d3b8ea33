package org.ehrhub.fhir.client;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ehrhub.fhir.client.Needs.Need;
import org.hl7.fhir.r4.model.CapabilityStatement;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.CapabilityStatementRestResourceOperationComponent;
import org.hl7.fhir.r4.model.CapabilityStatement.RestfulCapabilityMode;

/**
 * What a server says that it can do (FHIR R4, 5.2), as far as the hub relies on it. A part that it leaves out altogether, such
 * as all operations, is not known; in a part that it gives, what it does not name it does not do.
 */
final class Statement {
    private final Map<String, Set<String>> interactions = new HashMap<>();
    private final Map<String, Set<String>> parameters = new HashMap<>();
    private final Set<String> operations = new HashSet<>();
    private final Set<String> whole = new HashSet<>();

    private Statement() {}

    static Statement of(CapabilityStatement statement) {
        var read = new Statement();
        statement.getRest().stream()
                .filter(rest -> rest.getMode() != RestfulCapabilityMode.CLIENT)
                .forEach(read::take);
        return read;
    }

    /** Why a need is not met; empty where it is, or where that is not known. */
    Optional<String> unmet(Need need) {
        return says(need)
                ? Optional.empty()
                : Optional.of("The EHR does not name " + words(need) + " among what it supports.");
    }

    /** Whether the server gives the parameters of a search, and none of these is among them. */
    boolean lacksParameters(String type, Set<String> names) {
        var known = parameters.getOrDefault(type, Set.of());
        return !known.isEmpty() && known.stream().noneMatch(names::contains);
    }

    private boolean says(Need need) {
        if (need.word().startsWith("$")) {
            return operations.isEmpty()
                    || operations.contains(need.type() + need.word())
                    || operations.contains(need.word());
        }
        if (need.type().isEmpty()) {
            return whole.contains(need.word()) || (whole.isEmpty() && interactions.isEmpty());
        }
        if (interactions.isEmpty()) {
            return true;
        }
        var own = interactions.get(need.type());
        return own != null && (own.isEmpty() || own.contains(need.word()));
    }

    private void take(CapabilityStatementRestComponent rest) {
        rest.getInteraction().stream()
                .filter(interaction -> interaction.getCode() != null)
                .forEach(interaction -> whole.add(interaction.getCode().toCode()));
        rest.getOperation().forEach(operation -> add("", operation));
        rest.getResource().stream()
                .filter(CapabilityStatementRestResourceComponent::hasType)
                .forEach(this::take);
    }

    private void take(CapabilityStatementRestResourceComponent resource) {
        var own = interactions.computeIfAbsent(resource.getType(), type -> new HashSet<>());
        resource.getInteraction().stream()
                .filter(interaction -> interaction.getCode() != null)
                .forEach(interaction -> own.add(interaction.getCode().toCode()));
        resource.getOperation().forEach(operation -> add(resource.getType(), operation));
        var names = parameters.computeIfAbsent(resource.getType(), type -> new HashSet<>());
        resource.getSearchParam().forEach(parameter -> names.add(parameter.getName()));
    }

    /** Servers write the name with its dollar sign and without, and some only in the definition's address. */
    private void add(String type, CapabilityStatementRestResourceOperationComponent operation) {
        var name = String.valueOf(operation.getName()).replaceFirst("^\\$", "");
        operations.add(type + "$" + name);
        var definition = String.valueOf(operation.getDefinition());
        var file = definition.substring(definition.lastIndexOf('/') + 1).split("\\|", 2)[0];
        var parts = file.split("-", 2);
        if (parts.length == 2) {
            operations.add(parts[0] + "$" + parts[1]);
        }
    }

    private static String words(Need need) {
        return switch (need.word()) {
            case "read" -> "reading " + need.type();
            case "search-type" -> "searching " + need.type();
            case "create" -> "creating " + need.type();
            case "update" -> "updating " + need.type();
            case "patch" -> "patching " + need.type();
            case "delete" -> "deleting " + need.type();
            case "transaction" -> "transactions";
            default -> "the operation " + need.word() + (need.type().isEmpty() ? "" : " of " + need.type());
        };
    }
}
