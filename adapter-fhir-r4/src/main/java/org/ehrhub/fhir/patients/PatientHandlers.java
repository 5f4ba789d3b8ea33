package org.ehrhub.fhir.patients;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Amendment;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.patients.PatientTools;

/** The tools that write who a patient is. */
public final class PatientHandlers {
    private PatientHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                        PatientTools.CREATE,
                        new PatientRegistration(server),
                        Needs.create("Patient").and(Needs.read("Patient")).and(Needs.search("Patient")),
                        Feature.WRITE_KEY_STORED)
                .onWrite(
                        PatientTools.UPDATE,
                        new Amendment<>(server, new PatientChange(server)),
                        Needs.update("Patient").and(Needs.read("Patient")),
                        Feature.WRITE_KEY_STORED);
    }
}
