package org.ehrhub.fhir.resources;

import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.Needs;
import org.ehrhub.tools.Feature;

/** The tools that speak FHIR itself. */
public final class ResourceHandlers {
    private ResourceHandlers() {}

    /** Registers them; what a server can do of each type shows only when it is asked. */
    public static void register(FhirTools tools, FhirServer server, FhirR4Config config) {
        var types = QueryTypes.of(config.queryTypes());
        var operations = AllowedOperations.of(config.operations());
        var graphs = StoredQueries.of(config.graphql(), types);
        tools.onList(
                        org.ehrhub.tools.fhir.FhirTools.QUERY,
                        new Querying(server, types, operations, graphs)::query,
                        Needs.nothing().wanting(types.needs()))
                .onWrite(
                        org.ehrhub.tools.fhir.FhirTools.WRITE,
                        new Writing(server),
                        Needs.nothing(),
                        Feature.WRITE_KEY_STORED)
                .onWrite(org.ehrhub.tools.fhir.FhirTools.TRANSACTION, new Transacting(server), Needs.transaction());
        if (operations.hasAny(false)) {
            tools.onWrite(
                    org.ehrhub.tools.fhir.FhirTools.OPERATION, new Operating(server, operations), Needs.nothing());
        }
    }
}
