package org.ehrhub.fhir;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.ToolResult;
import org.jspecify.annotations.Nullable;

/** An adapter named {@code alpha} in front of a {@link ScriptedServer}. */
public final class ScriptedEhr implements AutoCloseable {
    private final ScriptedServer server;
    private final CamelContext camel = new DefaultCamelContext();
    private final EhrAdapter adapter;

    public ScriptedEhr(@Nullable Auth auth) {
        this(auth, null);
    }

    public ScriptedEhr(@Nullable Auth auth, FhirR4Config.@Nullable Scheduling scheduling) {
        this(new ScriptedServer(), base -> config(base, auth, scheduling, FhirR4Config.Provenance.OFF));
    }

    /** The settings of a server whose script says nothing else. */
    public static FhirR4Config config(
            URI base,
            @Nullable Auth auth,
            FhirR4Config.@Nullable Scheduling scheduling,
            FhirR4Config.Provenance provenance) {
        return new FhirR4Config(
                base, auth, scheduling, null, null, null, null, null, List.of(), null, List.of(), provenance);
    }

    /** One whose settings let callers run operations and queries in GraphQL. */
    public static ScriptedEhr running(List<Operation> operations, List<StoredQuery> graphql) {
        return new ScriptedEhr(
                new ScriptedServer(),
                base -> new FhirR4Config(
                        base,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        FhirR4Config.Provenance.OFF,
                        operations,
                        graphql));
    }

    /** With settings of its own for the server, whose address they are given. */
    public ScriptedEhr(ScriptedServer server, Function<URI, FhirR4Config> settings) {
        this(server, settings, InstantSource.system());
    }

    /** With settings and a clock of its own. */
    public ScriptedEhr(ScriptedServer server, Function<URI, FhirR4Config> settings, InstantSource clock) {
        this(server, settings, clock, KeptLogins.inMemory());
    }

    /** With users' logins that several share. */
    public ScriptedEhr(
            ScriptedServer server, Function<URI, FhirR4Config> settings, InstantSource clock, KeptLogins logins) {
        this.server = server;
        var config = settings.apply(server.url("/fhir"));
        adapter = new FhirR4AdapterFactory().create("alpha", config, new AdapterContext(camel, clock, logins));
        camel.start();
    }

    public ScriptedServer server() {
        return server;
    }

    public EhrAdapter adapter() {
        return adapter;
    }

    public <I extends Record, O extends Record> ToolResult<O> call(CanonicalTool<I, O> tool, I input) {
        return call(tool, input, context());
    }

    public <I extends Record, O extends Record> ToolResult<Page<O>> list(CanonicalTool<I, O> tool, I input) {
        return call(tool, input, context());
    }

    public <I extends Record, R extends Record> ToolResult<R> call(
            CanonicalTool<I, ?> tool, I input, CallContext context) {
        return Handlers.call(adapter, tool, input, context);
    }

    public <I extends Record, O extends Record> Optional<O> reconcile(CanonicalTool<I, O> tool, I input) {
        return Handlers.reconcile(adapter, tool, input, context());
    }

    public static CallContext context() {
        return new CallContext(
                "call-1",
                new Caller("test", Set.of()),
                Instant.now().plus(Duration.ofSeconds(20)),
                null,
                "key0123456789");
    }

    public static @Nullable ErrorCode code(ToolResult<?> result) {
        return result instanceof ToolResult.Failed<?> failed ? failed.code() : null;
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
        server.close();
    }
}
