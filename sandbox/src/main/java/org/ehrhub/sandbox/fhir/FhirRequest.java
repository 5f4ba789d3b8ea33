package org.ehrhub.sandbox.fhir;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to one site, whether it came over HTTP or inside a Bundle.
 *
 * @param base       the address in front of the path, without a slash at its end
 * @param path       the segments after the base
 * @param parameters of the query and of a form
 * @param headers    those FHIR knows, by lower-case name
 * @param body       a resource as JSON, or nothing
 */
record FhirRequest(
        String method,
        String base,
        List<String> path,
        Map<String, List<String>> parameters,
        Map<String, String> headers,
        String body) {
    Optional<String> header(String lowerCaseName) {
        return Optional.ofNullable(headers.get(lowerCaseName));
    }
}
