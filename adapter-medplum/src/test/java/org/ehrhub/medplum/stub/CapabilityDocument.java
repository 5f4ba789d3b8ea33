package org.ehrhub.medplum.stub;

import ca.uhn.fhir.context.FhirContext;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /fhir/R4/metadata}: R4's types with all interactions, one operation of the many, transactions whatever happens. */
final class CapabilityDocument {
    private static final List<String> INTERACTIONS =
            List.of("read", "vread", "update", "patch", "delete", "history-instance", "create", "search-type");

    private final FhirContext fhir;
    private final Places places;

    CapabilityDocument(FhirContext fhir, Places places) {
        this.fhir = fhir;
        this.places = places;
    }

    ObjectNode made(String date) {
        var made = Json.resource("CapabilityStatement")
                .put("id", "medplum-server")
                .put("version", Discovery.VERSION)
                .put("name", "MedplumCapabilityStatement")
                .put("status", "active")
                .put("date", date)
                .put("kind", "instance")
                .put("fhirVersion", "4.0.1");
        made.putArray("format").add("json");
        made.putArray("patchFormat").add("application/json-patch+json");
        made.put("url", places.fhir() + "metadata");
        made.putObject("software").put("name", "medplum").put("version", Discovery.VERSION);
        made.putObject("implementation").put("description", "medplum").put("url", places.fhir());
        var rest = made.putArray("rest").addObject().put("mode", "server");
        security(rest.putObject("security"));
        var resources = rest.putArray("resource");
        fhir.getResourceTypes().stream().sorted().forEach(type -> type(resources, type));
        rest.putArray("interaction")
                .add(Json.object().put("code", "transaction"))
                .add(Json.object().put("code", "batch"));
        return made;
    }

    private void security(ObjectNode security) {
        security.put("cors", true);
        var addresses = security.putArray("extension")
                .addObject()
                .put("url", "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris")
                .putArray("extension");
        addresses.addObject().put("url", "authorize").put("valueUri", places.base() + "oauth2/authorize");
        addresses.addObject().put("url", "token").put("valueUri", places.token());
    }

    private void type(ArrayNode resources, String type) {
        var resource = resources
                .addObject()
                .put("type", type)
                .put("profile", "http://hl7.org/fhir/StructureDefinition/" + type);
        var interactions = resource.putArray("interaction");
        INTERACTIONS.forEach(code -> interactions.addObject().put("code", code));
        resource.put("versioning", "versioned")
                .put("readHistory", true)
                .put("updateCreate", false)
                .put("conditionalCreate", true)
                .put("conditionalUpdate", true)
                .put("conditionalRead", "not-supported")
                .put("conditionalDelete", "single");
        var parameters = resource.putArray("searchParam");
        parameters.addObject().put("name", "_compartment").put("type", "reference");
        fhir.getResourceDefinition(type)
                .getSearchParams()
                .forEach(parameter -> parameters
                        .addObject()
                        .put("name", parameter.getName())
                        .put("type", parameter.getParamType().getCode()));
        if (type.equals("Group")) {
            resource.putArray("operation")
                    .addObject()
                    .put("name", "export")
                    .put("definition", "http://hl7.org/fhir/uv/bulkdata/OperationDefinition/group-export");
        }
    }
}
