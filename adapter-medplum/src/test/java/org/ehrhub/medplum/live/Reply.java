package org.ehrhub.medplum.live;

import java.net.http.HttpHeaders;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One HTTP answer of a Medplum. */
public record Reply(int status, HttpHeaders headers, String text) {
    /** The body as JSON. */
    public JsonNode json() {
        return MedplumHttp.json().readTree(text);
    }

    /** The first header of a name; empty where there is none. */
    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    /** All headers of a name. */
    public List<String> all(String name) {
        return headers.allValues(name);
    }

    /** The text of the first issue, where the body is an OperationOutcome. */
    public String issue() {
        return json().path("issue").path(0).path("details").path("text").asString("");
    }

    /** The id that the body's resource has. */
    public String id() {
        return json().path("id").asString("");
    }

    /** The version in the body's meta. */
    public String version() {
        return json().path("meta").path("versionId").asString("");
    }
}
