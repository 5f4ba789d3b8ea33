package org.ehrhub.medplum.stub;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a client logs in.
 *
 * @param lifetime how long its tokens are good
 * @param jwks     where its public keys are
 */
record Account(
        Client client,
        Member member,
        Duration lifetime,
        @Nullable URI jwks) {
    /** The ClientApplication with its secret, as Medplum shows it to the client itself. */
    ObjectNode resource() {
        return Json.resource("ClientApplication")
                .put("secret", client.secret())
                .put("name", client.name())
                .put("id", client.id());
    }
}
