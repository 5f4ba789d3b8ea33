package org.ehrhub.fhir.client;

import java.util.Map;
import org.hl7.fhir.r4.model.Bundle;
import org.jspecify.annotations.Nullable;

/**
 * A request that is about to be sent, as far as it matters to whether the server is ready for it.
 *
 * @param kind what is asked
 * @param address of an operation, a page, or a request of the product's own, with its parameters; else empty, or of the
 *     server's own form
 * @param bundle the entries, where there are several
 */
public record Demand(
        Interaction kind, String address, @Nullable Bundle bundle) {
    /** A request without entries. */
    Demand(Interaction kind, String address) {
        this(kind, address, null);
    }

    /** A call of camel-fhir. */
    static Demand of(Interaction kind, Map<String, Object> headers) {
        var address = headers.get("CamelFhir.url") instanceof String url ? url : "";
        return new Demand(kind, address, headers.get("CamelFhir.bundle") instanceof Bundle bundle ? bundle : null);
    }
}
