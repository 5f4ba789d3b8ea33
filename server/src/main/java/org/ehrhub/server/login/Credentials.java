package org.ehrhub.server.login;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request proves itself with: a token in its header, and the proof of possession that may go with it. */
sealed interface Credentials {
    /** The token. */
    String token();

    /** A token that whoever holds it may use (RFC 6750). */
    record Bearer(String token) implements Credentials {
        /** Leaves the token out. */
        @Override
        public String toString() {
            return "Bearer";
        }
    }

    /** A token that is bound to a key, with the proof that the client has it (RFC 9449). */
    record Bound(String token, String proof) implements Credentials {
        /** Leaves both out. */
        @Override
        public String toString() {
            return "Bound";
        }
    }

    /** The form of a token (RFC 6750 section 2.1). */
    Pattern TOKEN = Pattern.compile("[A-Za-z0-9\\-._~+/]{1,16384}=*");

    /** Reads them; nothing in the address or the body is taken for a token. */
    static Credentials of(HttpServletRequest request) throws LoginRefused {
        if (inAddress(request.getQueryString())) {
            throw LoginRefused.malformed(
                    "A token does not belong into the address; send it in the Authorization header.");
        }
        var headers = Collections.list(request.getHeaders("Authorization"));
        if (headers.isEmpty()) {
            throw LoginRefused.noToken();
        }
        var words = headers.getFirst().strip().split(" +", 2);
        if (headers.size() > 1 || words.length < 2 || !TOKEN.matcher(words[1]).matches()) {
            throw LoginRefused.malformed("Send one Authorization header, of the form `Bearer TOKEN` or `DPoP TOKEN`.");
        }
        return switch (words[0].toLowerCase(Locale.ROOT)) {
            case "bearer" -> new Bearer(words[1]);
            case "dpop" -> new Bound(words[1], proof(Collections.list(request.getHeaders("DPoP"))));
            default -> throw LoginRefused.noToken();
        };
    }

    private static String proof(List<String> headers) throws LoginRefused {
        if (headers.size() != 1 || headers.getFirst().isBlank()) {
            throw LoginRefused.invalidProof("Send one DPoP header with a proof for this request.");
        }
        return headers.getFirst();
    }

    private static boolean inAddress(String query) {
        return Optional.ofNullable(query).stream()
                .flatMap(text -> Pattern.compile("&").splitAsStream(text))
                .map(part -> part.split("=", 2)[0])
                .anyMatch(Credentials::isToken);
    }

    private static boolean isToken(String name) {
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8).equalsIgnoreCase("access_token");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
