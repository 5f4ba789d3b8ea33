package org.ehrhub.medplum.bots;

import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.bots.Bot;
import org.jspecify.annotations.Nullable;

/**
 * A bot as Medplum holds it.
 *
 * @param id its id
 * @param version the version of its record, which changes with its program
 * @param name what it is called
 */
record FoundBot(
        String id, @Nullable String version, @Nullable String name) {
    Bot shown(FhirServer server) {
        return new Bot(new Reference(server.ehr(), "Bot", id), name, version);
    }
}
