package org.ehrhub.fhir.documents;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.charts.ChartReading;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.documents.DocumentTools;

/** The tools that read documents, as one FHIR R4 server supports them. */
public final class DocumentHandlers {
    private DocumentHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        var searching = new DocumentSearching(new ChartReading(server));
        var files = Needs.read("Binary").and(Needs.read("DiagnosticReport"));
        tools.onList(DocumentTools.SEARCH, searching::search, Needs.search("DocumentReference"))
                .on(
                        DocumentTools.GET,
                        new DocumentReading(server)::get,
                        Needs.read("DocumentReference").wanting(files));
    }
}
