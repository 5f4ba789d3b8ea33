package org.ehrhub.fhir.client;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import java.util.HashMap;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.component.fhir.FhirComponent;
import org.apache.camel.component.fhir.FhirConfiguration;
import org.apache.camel.component.fhir.FhirEndpoint;
import org.apache.camel.component.fhir.FhirProducer;
import org.apache.camel.component.fhir.internal.FhirApiName;

/**
 * camel-fhir on the caller's thread. As it comes, camel-fhir hands every call to one small thread pool of the whole
 * process, where a server that hangs would hold up all others and an interrupt of the caller would not arrive.
 */
final class CallerThreadComponent extends FhirComponent {
    private final IGenericClient client;

    CallerThreadComponent(IGenericClient client) {
        this.client = client;
        var configuration = new FhirConfiguration();
        configuration.setClient(client);
        configuration.setServerUrl(client.getServerBase());
        setConfiguration(configuration);
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String methodName, FhirApiName apiName, FhirConfiguration configuration) {
        configuration.setApiName(apiName);
        configuration.setMethodName(methodName);
        configuration.setClient(client);
        return new CallerThreadEndpoint(uri, this, apiName, methodName, configuration);
    }

    private static final class CallerThreadEndpoint extends FhirEndpoint {
        CallerThreadEndpoint(
                String uri, FhirComponent component, FhirApiName apiName, String method, FhirConfiguration settings) {
            super(uri, component, apiName, method, settings);
        }

        @Override
        public Producer createProducer() {
            return new CallerThreadProducer(this);
        }
    }

    private static final class CallerThreadProducer extends FhirProducer {
        CallerThreadProducer(FhirEndpoint endpoint) {
            super(endpoint);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                var properties = new HashMap<String, Object>(endpoint.getEndpointProperties());
                propertiesHelper.getExchangeProperties(exchange, properties);
                endpoint.interceptProperties(properties);
                var method = findMethod(exchange, properties);
                if (method != null) {
                    exchange.getMessage().setBody(doInvokeMethod(method, properties));
                }
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }
    }
}
