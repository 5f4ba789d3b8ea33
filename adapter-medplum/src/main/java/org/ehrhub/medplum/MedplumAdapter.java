package org.ehrhub.medplum;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.FhirR4Adapter;
import org.ehrhub.fhir.client.ServerHabits;

/** One Medplum server as an EHR. */
public final class MedplumAdapter implements EhrAdapter {
    private final FhirR4Adapter fhir;

    /** An adapter that sends nothing before it is used. */
    public MedplumAdapter(String ehr, MedplumConfig config, AdapterContext context) {
        fhir = new FhirR4Adapter(
                ehr, config.fhir(), context, new MedplumLayer(ServerHabits.STANDARD, parts(config)));
    }

    /** What Medplum can do beside plain FHIR, as far as the settings say; of two that have one tool the latter serves it. */
    private static List<MedplumPart> parts(MedplumConfig config) {
        return List.of();
    }

    @Override
    public ToolHandlers handlers() {
        return fhir.handlers();
    }

    @Override
    public Health probe(Duration limit) {
        return fhir.probe(limit);
    }

    @Override
    public Optional<String> publicKeys() {
        return fhir.publicKeys();
    }

    @Override
    public Optional<UserLogin> userLogin() {
        return fhir.userLogin();
    }

    @Override
    public Optional<ChartAccess> charts() {
        return fhir.charts();
    }

    @Override
    public void close() {
        fhir.close();
    }
}
