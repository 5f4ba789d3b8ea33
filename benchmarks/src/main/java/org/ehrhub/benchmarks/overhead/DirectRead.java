package org.ehrhub.benchmarks.overhead;

import ca.uhn.fhir.rest.client.api.IGenericClient;
import org.hl7.fhir.r4.model.Patient;

/**
 * The baseline: HAPI's generic client reads from the EHR itself.
 *
 * @param client the client; may serve many threads
 */
record DirectRead(IGenericClient client) implements PatientRead {
    @Override
    public void read(String id) {
        var patient = client.read().resource(Patient.class).withId(id).execute();
        if (!id.equals(patient.getIdPart()) || !patient.hasName()) {
            throw new IllegalStateException("The EHR answered with another patient than " + id);
        }
    }
}
