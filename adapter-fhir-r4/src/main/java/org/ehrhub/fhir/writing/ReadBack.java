package org.ehrhub.fhir.writing;

import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.CallContext;
import org.hl7.fhir.r4.model.Resource;

/** Reads what a write left. */
public final class ReadBack {
    private ReadBack() {}

    /**
     * The record as the server holds it after the write.
     *
     * @throws EhrFailure {@code OUTCOME_UNKNOWN} when it cannot be read: the write itself was taken
     */
    public static <R extends Resource> R of(FhirServer server, Class<R> type, String id, CallContext call) {
        try {
            return server.read(type, id, call);
        } catch (EhrFailure e) {
            throw Refusal.unseen();
        }
    }
}
