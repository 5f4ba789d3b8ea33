package org.ehrhub.benchmarks.ehr;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestFormatParamStyleEnum;
import ca.uhn.fhir.rest.client.apache.ApacheRestfulClientFactory;
import ca.uhn.fhir.rest.client.api.IGenericClient;
import ca.uhn.fhir.rest.client.api.ServerValidationModeEnum;
import java.net.URI;
import org.apache.http.client.HttpClient;

/** HAPI's generic client, set as the hub's FHIR adapter sets its own. */
public final class DirectClient {
    private DirectClient() {}

    /**
     * A client of this server; it may serve many threads. HAPI takes connections from the factory of its context, not from the
     * one that made the client, and its own connections would spend a millisecond a call on a look whether they are stale.
     */
    public static IGenericClient of(URI base, HttpClient http) {
        var fhir = FhirContext.forR4();
        var factory = new ApacheRestfulClientFactory(fhir);
        fhir.setRestfulClientFactory(factory);
        factory.setServerValidationMode(ServerValidationModeEnum.NEVER);
        factory.setHttpClient(http);
        var client = factory.newGenericClient(base.toString());
        client.setEncoding(EncodingEnum.JSON);
        client.setFormatParamStyle(RequestFormatParamStyleEnum.NONE);
        return client;
    }
}
