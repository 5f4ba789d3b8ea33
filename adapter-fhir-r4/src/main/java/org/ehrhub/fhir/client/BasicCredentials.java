package org.ehrhub.fhir.client;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** The header of the Basic scheme (RFC 7617). */
final class BasicCredentials {
    private BasicCredentials() {}

    static String header(String username, String password) {
        var pair = (username + ":" + password).getBytes(StandardCharsets.UTF_8);
        return "Basic " + Base64.getEncoder().encodeToString(pair);
    }
}
