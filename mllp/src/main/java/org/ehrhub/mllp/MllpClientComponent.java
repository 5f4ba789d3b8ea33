package org.ehrhub.mllp;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code mllp-client:host:port}: routes that send HL7 v2 messages over MLLP. */
public final class MllpClientComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var endpoint = new MllpClientEndpoint(uri, this, Address.of(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
