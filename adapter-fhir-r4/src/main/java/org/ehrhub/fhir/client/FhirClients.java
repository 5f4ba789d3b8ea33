package org.ehrhub.fhir.client;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.StrictErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestFormatParamStyleEnum;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.apache.http.client.HttpClient;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.tools.ErrorCode;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Resource;

/**
 * HAPI clients that share one context and still have connections of their own. HAPI takes the connections from the
 * context, not from the client, so the context here gives those of the call that is being sent. It is not
 * {@code FhirContext.forR4Cached()}, which other code in the process may give other connections.
 */
final class FhirClients extends ApacheRestfulClientFactory {
    private static final FhirContext R4 = context();

    private FhirClients(FhirContext fhir) {
        super(fhir);
        setServerValidationMode(ServerValidationModeEnum.NEVER);
    }

    /** A client for one server; to be made, like all its calls, while {@link HttpConnections#SENDING} is bound. */
    static IGenericClient client(URI base) {
        var client = R4.newRestfulGenericClient(base.toString());
        client.setEncoding(EncodingEnum.JSON);
        client.setFormatParamStyle(RequestFormatParamStyleEnum.NONE);
        return client;
    }

    @Override
    public HttpClient getNativeHttpClient() {
        return HttpConnections.SENDING.get().http();
    }

    /** FHIR's name of a type. */
    static String name(Class<? extends Resource> type) {
        return R4.getResourceType(type);
    }

    /**
     * The type of a name.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when FHIR R4 has none of this name
     */
    static Class<? extends Resource> type(String name) {
        if (!R4.getResourceTypes().contains(name)) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "FHIR R4 has no resources of that type.",
                    "Use a type name of FHIR R4, such as Patient.");
        }
        return R4.getResourceDefinition(name).getImplementingClass(Resource.class);
    }

    static String encode(Resource resource) {
        return R4.newJsonParser().encodeResourceToString(resource);
    }

    /** What a server sent, read as leniently as HAPI's own client reads. */
    static IBaseResource parse(byte[] json) {
        return R4.newJsonParser().parseResource(new ByteArrayInputStream(json));
    }

    /**
     * What a caller wrote, read strictly.
     *
     * @throws EhrFailure {@code INVALID_INPUT} when it is not FHIR R4
     */
    static Resource parse(String json) {
        try {
            JsonAnswer.resourceType(json.getBytes(StandardCharsets.UTF_8), json.length());
            var parser = R4.newJsonParser().setParserErrorHandler(new StrictErrorHandler());
            return (Resource) parser.parseResource(json);
        } catch (DataFormatException | IOException e) {
            throw new EhrFailure(
                    ErrorCode.INVALID_INPUT,
                    "That is not a resource of FHIR R4 in JSON.",
                    "Check its resourceType and the names, types and nesting of its elements.");
        }
    }

    private static FhirContext context() {
        var fhir = FhirContext.forR4();
        fhir.setParserErrorHandler(new ReadingErrors());
        // What goes back to a server keeps the references it came with, to a version too.
        fhir.getParserOptions().setStripVersionsFromReferences(false);
        fhir.setRestfulClientFactory(new FhirClients(fhir));
        return fhir;
    }
}
