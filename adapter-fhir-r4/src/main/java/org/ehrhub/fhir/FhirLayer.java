package org.ehrhub.fhir;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ServerHabits;

/** What one product adds to a plain FHIR R4 server. */
public interface FhirLayer {
    /** Nothing. */
    FhirLayer NONE = new FhirLayer() {};

    /** Where its servers go other ways than the standard; asked once, before anything is registered. */
    default ServerHabits habits() {
        return ServerHabits.STANDARD;
    }

    /**
     * Registers the product's own tools, once, when the plain ones are there; one that is registered again takes the place
     * of the plain one.
     */
    default void register(FhirTools tools, FhirServer server) {}
}
