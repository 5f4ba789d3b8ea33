package org.ehrhub.fhir.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.util.regex.Pattern;
import org.apache.http.entity.ContentType;
import org.apache.http.entity.StringEntity;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/** The requests to one server that camel-fhir has no call for; every part of their addresses is checked. */
final class FhirRequests {
    private static final Pattern OPERATION = Pattern.compile(
            "([A-Z][A-Za-z]+/((?!\\.{1,2}/)[A-Za-z0-9.-]{1,64}/)?)?\\$[a-z][A-Za-z0-9-]*(\\?[A-Za-z0-9_.~%=&:$*-]*)?");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String FHIR = PlainRequest.FHIR_JSON.getMimeType();

    private final URI base;
    private final boolean patchesByVersion;

    FhirRequests(URI base, boolean patchesByVersion) {
        this.base = base;
        this.patchesByVersion = patchesByVersion;
    }

    /** A search with what is searched for in the body (FHIR R4, 3.1.1.1). */
    PlainRequest search(String type, String parameters) {
        var body = new StringEntity(parameters, ContentType.APPLICATION_FORM_URLENCODED);
        return PlainRequest.fhir(Interaction.POSTED_SEARCH, "POST", base + "/" + type + "/_search", body);
    }

    PlainRequest binary(String id) {
        return PlainRequest.get(Interaction.BINARY, base + "/Binary/" + FhirId.checked(id), "*/*");
    }

    PlainRequest patch(String type, String id, @Nullable String version, String patch) {
        if (version == null || patchesByVersion) {
            return patch(type, id, patch).ifMatch(version);
        }
        return patch(type, id, testing(version, patch));
    }

    private PlainRequest patch(String type, String id, String patch) {
        var body = new StringEntity(patch, PlainRequest.JSON_PATCH);
        return PlainRequest.fhir(Interaction.PATCH, "PATCH", address(type, id), body);
    }

    /** The patch that does nothing where the record has another version (RFC 6902, 4.6 and 5). */
    private static String testing(String version, String patch) {
        try {
            var operations = (ArrayNode) JSON.readTree(patch);
            operations
                    .insertObject(0)
                    .put("op", "test")
                    .put("path", "/meta/versionId")
                    .put("value", version);
            return operations.toString();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("Not a patch", e);
        }
    }

    PlainRequest delete(String type, String id) {
        return PlainRequest.fhir(Interaction.DELETE, "DELETE", address(type, id), null);
    }

    /** An operation, with GET where nothing is sent and nothing changes (FHIR R4, 3.2.0.2). */
    PlainRequest operation(String path, @Nullable Resource body, boolean affectsState) {
        if (!OPERATION.matcher(path).matches()) {
            throw new IllegalArgumentException("Not the path of an operation");
        }
        var kind = affectsState ? Interaction.ACTION : Interaction.OPERATION;
        var url = base + "/" + path;
        if (body == null && !affectsState) {
            return PlainRequest.get(kind, url, FHIR);
        }
        var sent = FhirClients.encode(body == null ? new Parameters() : body);
        return PlainRequest.fhir(kind, "POST", url, new StringEntity(sent, PlainRequest.FHIR_JSON));
    }

    private String address(String type, String id) {
        return base + "/" + FhirClients.name(FhirClients.type(type)) + "/" + FhirId.checked(id);
    }
}
