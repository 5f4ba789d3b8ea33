package org.ehrhub.medplum;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The FHIR JSON that client and stub share: the extension that ties a slot to its service, and bundles. */
final class MedplumJson {
    static final String SERVICE_EXTENSION = "https://medplum.com/fhir/service-type-reference";
    static final JsonMapper MAPPER = new JsonMapper();

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9.-]{1,64}");

    private MedplumJson() {}

    /**
     * A reference as this EHR writes it, {@code Type/id}.
     *
     * @throws EhrFailure when it is none of this EHR's
     */
    static String own(String ehr, Reference reference, String argument) {
        if (!reference.ehr().equals(ehr) || !ID.matcher(reference.id()).matches()) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "`" + argument + "` is not a reference that this EHR gave.",
                    "Search for the record in this EHR.");
        }
        return reference.type() + "/" + reference.id();
    }

    static Map<String, Object> reference(String reference) {
        return Map.of("reference", reference);
    }

    static List<Object> serviceType(String system, String code, String service) {
        return List.of(Map.of(
                "coding",
                List.of(Map.of("system", system, "code", code)),
                "extension",
                List.of(Map.of("url", SERVICE_EXTENSION, "valueReference", reference(service)))));
    }

    /** A bundle as Medplum writes it: without hits it has neither entry nor total. */
    static Map<String, Object> bundle(List<?> resources) {
        return resources.isEmpty()
                ? Map.of("resourceType", "Bundle", "type", "searchset")
                : Map.of(
                        "resourceType",
                        "Bundle",
                        "type",
                        "searchset",
                        "entry",
                        resources.stream()
                                .map(resource -> Map.of("resource", resource))
                                .toList());
    }

    static Stream<JsonNode> resources(JsonNode bundle, String type) {
        return bundle.path("entry")
                .valueStream()
                .map(entry -> entry.path("resource"))
                .filter(resource -> resource.path("resourceType").asString("").equals(type));
    }

    /** The service that a concept of {@code serviceType} stands for. */
    static Optional<String> service(JsonNode concept) {
        return concept.path("extension")
                .valueStream()
                .filter(extension -> extension.path("url").asString("").equals(SERVICE_EXTENSION))
                .map(extension ->
                        extension.path("valueReference").path("reference").asString(""))
                .findFirst();
    }
}
