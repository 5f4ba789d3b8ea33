package org.ehrhub.medplum;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.FhirR4Config;
import org.ehrhub.fhir.Operation;
import org.ehrhub.fhir.StoredQuery;
import org.ehrhub.medplum.agents.AgentSettings;
import org.ehrhub.medplum.bots.BotSettings;
import org.ehrhub.medplum.client.OnBehalfOf;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.stub.Client;
import org.jspecify.annotations.Nullable;

/** Settings for tests of one thing: an address, a login, what the test adds, and no Provenance. */
public final class TestSettings {
    private final URI base;
    private final MedplumLogin login;
    private @Nullable URI publicUrl;
    private @Nullable OnBehalfOf onBehalfOf;
    private List<Operation> operations = List.of();
    private List<StoredQuery> graphql = List.of();
    private Map<String, AgentSettings> agents = Map.of();
    private Map<String, BotSettings> bots = Map.of();

    private TestSettings(URI base, MedplumLogin login) {
        this.base = base;
        this.login = login;
    }

    /** Those of a server that is logged in to so. */
    public static TestSettings of(URI base, MedplumLogin login) {
        return new TestSettings(base, login);
    }

    /** Those of a server that is logged in to as a client with its secret. */
    public static TestSettings of(URI base, Client client) {
        return of(base, MedplumEhr.login(client));
    }

    /** Those of the Medplum under test. */
    public static TestSettings of(MedplumUnderTest medplum) {
        return of(medplum.base(), MedplumLogin.client(medplum.clientId(), Secret.from(medplum::clientSecret)));
    }

    public TestSettings publicUrl(@Nullable URI url) {
        publicUrl = url;
        return this;
    }

    public TestSettings onBehalfOf(@Nullable OnBehalfOf whom) {
        onBehalfOf = whom;
        return this;
    }

    public TestSettings operations(Operation... allowed) {
        operations = List.of(allowed);
        return this;
    }

    public TestSettings graphql(StoredQuery... allowed) {
        graphql = List.of(allowed);
        return this;
    }

    public TestSettings agents(Map<String, AgentSettings> receivers) {
        agents = receivers;
        return this;
    }

    public TestSettings bots(Map<String, BotSettings> named) {
        bots = named;
        return this;
    }

    /** The settings. */
    public MedplumConfig config() {
        return new MedplumConfig(
                base,
                login,
                publicUrl,
                onBehalfOf,
                null,
                null,
                null,
                null,
                List.of(),
                operations,
                graphql,
                null,
                List.of(),
                FhirR4Config.Provenance.OFF,
                agents,
                bots,
                Map.of());
    }

    /** An adapter with them. */
    public MedplumEhr ehr() {
        return new MedplumEhr(config());
    }
}
