package org.ehrhub.fhir.client;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.LenientErrorHandler;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestFormatParamStyleEnum;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.net.URI;
import org.apache.http.client.HttpClient;

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

    private static FhirContext context() {
        var fhir = FhirContext.forR4();
        // HAPI would log what it does not understand, patients' words among it.
        fhir.setParserErrorHandler(new LenientErrorHandler(false));
        fhir.setRestfulClientFactory(new FhirClients(fhir));
        return fhir;
    }
}
