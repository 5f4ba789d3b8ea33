package org.ehrhub.medplum;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.ChartAccess;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.ToolHandlers;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.FhirR4Adapter;
import org.ehrhub.medplum.agents.AgentHandlers;
import org.ehrhub.medplum.bots.BotHandlers;
import org.ehrhub.medplum.client.MedplumHabits;
import org.ehrhub.medplum.scheduling.SchedulingHandlers;

/** One Medplum server as an EHR. */
public final class MedplumAdapter implements EhrAdapter {
    private final MedplumHabits habits;
    private final InstantSource clock;
    private final FhirR4Adapter fhir;

    /** An adapter that sends nothing before it is used. */
    public MedplumAdapter(String ehr, MedplumConfig config, AdapterContext context) {
        clock = context.clock();
        habits = new MedplumHabits(config.base(), config.ownBase(), config.onBehalfOf(), clock);
        fhir = new FhirR4Adapter(ehr, config.fhir(), context, new MedplumLayer(habits, parts(config)));
    }

    /** What Medplum can do beside plain FHIR, as far as the settings say; of two that have one tool the latter serves it. */
    private static List<MedplumPart> parts(MedplumConfig config) {
        return List.of(
                SchedulingHandlers::register,
                (tools, server) -> AgentHandlers.register(
                        tools, server, config.agents(), config.fhir().longestWait()),
                (tools, server) -> BotHandlers.register(tools, server, config.bots(), config.tools()));
    }

    @Override
    public ToolHandlers handlers() {
        return fhir.handlers();
    }

    @Override
    public Health probe(Duration limit) {
        var until = clock.instant().plus(limit);
        var health = fhir.probe(limit);
        if (health instanceof Health.Up) {
            habits.learn(Duration.between(clock.instant(), until).dividedBy(2));
        }
        return health;
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
