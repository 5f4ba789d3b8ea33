package org.ehrhub.fhir.insurance;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.coverage.CoverageTools;

/** The tool that records insurance. */
public final class CoverageHandlers {
    private CoverageHandlers() {}

    /** Registers it. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                CoverageTools.RECORD,
                new CoverageRecording(server),
                Needs.create("Coverage").and(Needs.update("Coverage")).and(Needs.read("Coverage")),
                Feature.WRITE_KEY_STORED);
    }
}
