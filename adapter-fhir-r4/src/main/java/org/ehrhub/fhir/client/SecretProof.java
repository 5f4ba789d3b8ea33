package org.ehrhub.fhir.client;

import java.net.URI;
import org.ehrhub.adapters.Secret;

/** A secret that hub and login server share (RFC 6749, 2.3.1). */
final class SecretProof implements Proof {
    private final String id;
    private final Secret secret;
    private final boolean inBody;

    SecretProof(String id, Secret secret, boolean inBody) {
        this.id = id;
        this.secret = secret;
        this.inBody = inBody;
    }

    @Override
    public void sign(Form form, URI tokenUrl) {
        if (inBody) {
            form.add("client_id", id).add("client_secret", secret.reveal());
        } else {
            // Id and secret are form-encoded before they go into the Basic scheme.
            form.authorization(BasicCredentials.header(Form.encoded(id), Form.encoded(secret.reveal())));
        }
    }
}
