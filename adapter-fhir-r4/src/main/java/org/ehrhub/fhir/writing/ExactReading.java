package org.ehrhub.fhir.writing;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Resource;

/** Reads that a write relies on: the record that was asked for, or a failure. */
public final class ExactReading {
    private final FhirServer server;

    /** Reads on this server. */
    public ExactReading(FhirServer server) {
        this.server = server;
    }

    /**
     * The record of this id.
     *
     * @throws EhrFailure {@code EHR_UNAVAILABLE} when the server answers with another
     */
    public <R extends Resource> R read(Class<R> type, String id, CallContext call) {
        return exact(server.read(type, id, call), id);
    }

    Resource readAny(String type, String id, CallContext call) {
        return exact(server.readAny(type, id, call), id);
    }

    /**
     * What a write left.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it cannot be read
     */
    public <R extends Resource> R readBack(Class<R> type, String id, CallContext call) {
        try {
            return read(type, id, call);
        } catch (EhrFailure e) {
            throw Refusal.unseen();
        }
    }

    private static <R extends Resource> R exact(R found, String id) {
        if (!id.equals(found.getIdPart())) {
            throw Refusal.anotherRecord();
        }
        return found;
    }
}
