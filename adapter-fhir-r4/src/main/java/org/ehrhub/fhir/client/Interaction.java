package org.ehrhub.fhir.client;

import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** What the hub asks of a FHIR server, with the camel-fhir call that does it; none where the hub sends it itself. */
enum Interaction {
    READ("read/resourceById", false),
    SEARCH("search/searchByUrl", false),
    PAGE("load-page/byUrl", false),
    CREATE("create/resource", true),
    UPDATE("update/resource", true),
    TRANSACTION("transaction/withBundle", true),
    /** HAPI sends no version with a patch. */
    PATCH("", true),
    /** HAPI sends no version with a delete. */
    DELETE("", true),
    /** HAPI takes Parameters only, where FHIR lets one resource stand alone (FHIR R4, 3.2.0.2). */
    OPERATION("", false),
    /** An operation that changes something or leaves the EHR. */
    ACTION("", true),
    /** HAPI wants the document in FHIR's own wrapping. */
    BINARY("", false);

    private final String call;
    private final boolean write;

    Interaction(String call, boolean write) {
        this.call = call;
        this.write = write;
    }

    boolean write() {
        return write;
    }

    static Map<Interaction, Endpoint> endpoints(CamelContext camel, String scheme) {
        var endpoints = new EnumMap<Interaction, Endpoint>(Interaction.class);
        for (var interaction : values()) {
            if (!interaction.call.isEmpty()) {
                endpoints.put(interaction, camel.getEndpoint(scheme + ":" + interaction.call));
            }
        }
        return endpoints;
    }
}
