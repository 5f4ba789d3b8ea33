package org.ehrhub.fhir.terminology;

import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.terminology.TerminologyTools;

/** The tools about codes. */
public final class TerminologyHandlers {
    private TerminologyHandlers() {}

    /** Registers them. */
    public static void register(FhirTools tools, FhirServer server) {
        var codes = new Codes(server);
        tools.on(TerminologyTools.LOOKUP, codes::lookup, Needs.operation("CodeSystem", "lookup"))
                .on(
                        TerminologyTools.VALIDATE,
                        codes::validate,
                        Needs.operation("CodeSystem", "validate-code")
                                .and(Needs.operation("ValueSet", "validate-code")))
                .on(
                        TerminologyTools.TRANSLATE,
                        new Translating(server)::translate,
                        Needs.operation("ConceptMap", "translate"))
                .onList(TerminologyTools.EXPAND, new Expanding(server)::expand, Needs.operation("ValueSet", "expand"));
    }
}
