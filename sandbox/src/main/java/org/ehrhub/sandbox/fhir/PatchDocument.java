package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.exceptions.UnprocessableEntityException;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonPatch;
import java.io.StringReader;
import org.hl7.fhir.r4.model.Resource;

/** A JSON Patch (RFC 6902) of one resource; 400 when it is none, 422 when it does not fit the resource. */
record PatchDocument(JsonPatch operations) {
    static PatchDocument of(String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            return new PatchDocument(Json.createPatch(reader.readArray()));
        } catch (JsonException e) {
            throw new InvalidRequestException("The body is no JSON Patch", e);
        }
    }

    /** The resource after the patch; type and id stay what they were. */
    Resource applied(Resource before, FhirContext fhir) {
        try (var reader =
                Json.createReader(new StringReader(fhir.newJsonParser().encodeResourceToString(before)))) {
            String after = operations.apply(reader.readObject()).toString();
            var resource = fhir.newJsonParser()
                    .setParserErrorHandler(new StrictErrorHandler())
                    .parseResource(before.getClass(), after);
            resource.setId(before.getIdElement());
            return resource;
        } catch (JsonException | ClassCastException | DataFormatException e) {
            throw new UnprocessableEntityException("The patch does not fit the resource", e);
        }
    }
}
