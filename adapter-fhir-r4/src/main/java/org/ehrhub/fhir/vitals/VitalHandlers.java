package org.ehrhub.fhir.vitals;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.charts.ChartTools;

/** The tool that records vital signs. */
public final class VitalHandlers {
    private VitalHandlers() {}

    /** Registers it. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                ChartTools.RECORD_VITAL,
                new Creation<>(server, new VitalRecording(server)),
                Needs.create("Observation").and(Needs.read("Observation")),
                Feature.WRITE_KEY_STORED);
    }
}
