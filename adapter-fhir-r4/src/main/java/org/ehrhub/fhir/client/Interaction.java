package org.ehrhub.fhir.client;

import java.util.EnumMap;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;

/** What the hub asks of a FHIR server, with the camel-fhir call that does it; none where the hub sends it itself. */
public enum Interaction {
    /** Reads one resource. */
    READ("read/resourceById", false, Answer.RESOURCE),
    /** Searches one type. */
    SEARCH("search/searchByUrl", false, Answer.BUNDLE),
    /** A place in a list that the server itself gave before. */
    PAGE("load-page/byUrl", false, Answer.BUNDLE),
    /** An operation that answers with a list. */
    LISTING("load-page/byUrl", false, Answer.BUNDLE),
    /** Creates a resource, or finds it. */
    CREATE("create/resource", true, Answer.RESOURCE_OR_NOTHING),
    /** Replaces a resource. */
    UPDATE("update/resource", true, Answer.RESOURCE_OR_NOTHING),
    /** Does several writes, all or none. */
    TRANSACTION("transaction/withBundle", true, Answer.BUNDLE),
    /** camel-fhir has no search whose words go in the body. */
    POSTED_SEARCH("", false, Answer.BUNDLE),
    /** HAPI sends no version with a patch. */
    PATCH("", true, Answer.RESOURCE_OR_NOTHING),
    /** HAPI sends no version with a delete. */
    DELETE("", true, Answer.RESOURCE_OR_NOTHING),
    /** HAPI takes Parameters only, where FHIR lets one resource stand alone (FHIR R4, 3.2.0.2). */
    OPERATION("", false, Answer.RESOURCE),
    /** An operation that changes something or leaves the EHR. */
    ACTION("", true, Answer.RESOURCE),
    /** HAPI wants the document in FHIR's own wrapping. */
    BINARY("", false, Answer.ANYTHING),
    /** A document that lies outside FHIR. */
    ATTACHMENT("", false, Answer.ANYTHING),
    /** A token of the login server (RFC 6749, 4.4). */
    TOKEN("", true, Answer.ANYTHING),
    /** What the server says that it can do, which HAPI would read by itself and keep for all. */
    STATEMENT("", false, Answer.RESOURCE),
    /** What the server says of its logins (SMART App Launch 2.2, 3.1). */
    SMART("", false, Answer.ANYTHING),
    /** A question of the product's own. */
    OWN_READ("", false, Answer.ANYTHING),
    /** A request of the product's own that changes something or leaves the EHR. */
    OWN_ACTION("", true, Answer.ANYTHING);

    private final String call;
    private final boolean write;
    private final Answer answer;

    Interaction(String call, boolean write, Answer answer) {
        this.call = call;
        this.write = write;
        this.answer = answer;
    }

    /** What a good answer holds. */
    private enum Answer {
        BUNDLE,
        RESOURCE,
        RESOURCE_OR_NOTHING,
        ANYTHING
    }

    /** Whether something may have been done when there is no answer. */
    public boolean write() {
        return write;
    }

    /** Whether what comes back is FHIR. */
    boolean fhir() {
        return answer != Answer.ANYTHING;
    }

    /** Whether it is a Bundle. */
    boolean bundle() {
        return answer == Answer.BUNDLE;
    }

    /** Whether the status alone is no answer. */
    boolean needsBody() {
        return answer != Answer.RESOURCE_OR_NOTHING;
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
