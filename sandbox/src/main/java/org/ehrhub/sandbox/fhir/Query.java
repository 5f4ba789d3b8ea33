package org.ehrhub.sandbox.fhir;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The query part of an address as FHIR writes it in headers and Bundle entries. */
final class Query {
    private Query() {}

    /** Names and values in order, from {@code a=1&b=2} or {@code Type?a=1&b=2}. */
    static Map<String, List<String>> parameters(String text) {
        var parameters = new LinkedHashMap<String, List<String>>();
        String query = text.substring(text.indexOf('?') + 1);
        for (String part : query.split("&", -1)) {
            if (!part.isEmpty()) {
                String[] pair = part.split("=", 2);
                parameters
                        .computeIfAbsent(decoded(pair[0]), name -> new ArrayList<>())
                        .add(pair.length > 1 ? decoded(pair[1]) : "");
            }
        }
        return parameters;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
