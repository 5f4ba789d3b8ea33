package org.ehrhub.fhir.notes;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.fhir.writing.Creation;
import org.ehrhub.tools.Feature;
import org.ehrhub.tools.documents.DocumentTools;

/** The tool that drafts notes. */
public final class NoteHandlers {
    private NoteHandlers() {}

    /** Registers it. */
    public static void register(FhirTools tools, FhirServer server) {
        tools.onWrite(
                DocumentTools.DRAFT_NOTE,
                new Creation<>(server, new NoteDrafting(server)),
                Needs.create("DocumentReference").and(Needs.read("DocumentReference")),
                Feature.WRITE_KEY_STORED);
    }
}
