package org.ehrhub.medplum;

import java.util.List;
import org.ehrhub.fhir.FhirLayer;
import org.ehrhub.fhir.FhirTools;
import org.ehrhub.fhir.client.FhirServer;
import org.ehrhub.fhir.client.ServerHabits;
import org.ehrhub.medplum.client.MedplumHabits;

/** What Medplum adds to a plain FHIR R4 server: its habits, and its parts in their order. */
final class MedplumLayer implements FhirLayer {
    private final MedplumHabits habits;
    private final List<MedplumPart> parts;

    MedplumLayer(MedplumHabits habits, List<MedplumPart> parts) {
        this.habits = habits;
        this.parts = List.copyOf(parts);
    }

    @Override
    public ServerHabits habits() {
        return habits;
    }

    @Override
    public void register(FhirTools tools, FhirServer server) {
        habits.on(server);
        parts.forEach(part -> part.register(tools, server));
    }
}
