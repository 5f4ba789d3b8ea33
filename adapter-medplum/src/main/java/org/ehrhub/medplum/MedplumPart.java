package org.ehrhub.medplum;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;

/** One thing that Medplum can do beside plain FHIR. */
@FunctionalInterface
public interface MedplumPart {
    /** Registers its tools, once; one that is registered already gives way. */
    void register(FhirTools tools, FhirServer server);
}
