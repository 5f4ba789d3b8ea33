package org.ehrhub.fhir.client;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How the hub proves to a token endpoint who it is; each use reads the secret anew. */
interface Proof {
    /** Adds the proof to a request. */
    void sign(Form form, URI tokenUrl);

    /** The public keys by which the proof is checked, as a JWK set; empty where a shared secret is used. */
    default Optional<String> publicKeys() {
        return Optional.empty();
    }

    /** A form that is sent to the token endpoint, with its Authorization header. */
    final class Form {
        private final List<String> fields = new ArrayList<>();
        private String authorization = "";

        Form add(String name, String value) {
            fields.add(name + "=" + encoded(value));
            return this;
        }

        void authorization(String header) {
            authorization = header;
        }

        String authorization() {
            return authorization;
        }

        String text() {
            return String.join("&", fields);
        }

        static String encoded(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
