package org.ehrhub.mllp;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** {@code mllp-server:host:port}: routes that receive HL7 v2 messages over MLLP. */
public final class MllpServerComponent extends DefaultComponent {
    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        var endpoint = new MllpServerEndpoint(uri, this, Address.of(remaining));
        setProperties(endpoint, parameters);
        return endpoint;
    }
}
