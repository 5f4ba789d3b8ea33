package org.ehrhub.server.login;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.ehrhub.adapters.Secret;

/** What the hub sends to an issuer whose client it is. */
final class IssuerForm {
    private IssuerForm() {}

    /** The parameters as a form or a query. */
    static String of(Map<String, String> values) {
        return values.entrySet().stream()
                .map(one -> one.getKey() + "=" + encoded(one.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** The header that proves who the hub is (RFC 6749 section 2.3.1: each part is form-encoded first). */
    static String basic(String clientId, Secret clientSecret) {
        var both = encoded(clientId) + ":" + encoded(clientSecret.reveal());
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
