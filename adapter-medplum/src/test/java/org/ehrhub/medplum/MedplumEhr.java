package org.ehrhub.medplum;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.ehrhub.adapters.AdapterContext;
import org.ehrhub.adapters.EhrAdapter;
import org.ehrhub.adapters.Secret;
import org.ehrhub.medplum.stub.Client;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Page;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;

/** An adapter named {@code medplum} in front of a Medplum server. */
public final class MedplumEhr implements AutoCloseable {
    /** The name of the EHR. */
    public static final String NAME = "medplum";

    private final CamelContext camel = new DefaultCamelContext();
    private final EhrAdapter adapter;

    /** An adapter with these settings. */
    public MedplumEhr(MedplumConfig config) {
        this(config, InstantSource.system());
    }

    /** An adapter with these settings and a clock of its own. */
    public MedplumEhr(MedplumConfig config, InstantSource clock) {
        adapter = new MedplumAdapterFactory().create(NAME, config, new AdapterContext(camel, clock));
        camel.start();
    }

    /** An adapter that logs in as a client. */
    public static MedplumEhr as(Client client, URI base) {
        return TestSettings.of(base, client).ehr();
    }

    /** The login of a client. */
    public static MedplumLogin login(Client client) {
        return MedplumLogin.client(client.id(), Secret.from(client::secret));
    }

    /** The adapter. */
    public EhrAdapter adapter() {
        return adapter;
    }

    /** A reference of this EHR. */
    public static Reference ref(String reference) {
        return Reference.parse(NAME + "/" + reference);
    }

    /** A call of somebody's. */
    public static CallContext context(Caller caller, String key) {
        return new CallContext("call-1", caller, Instant.now().plus(Duration.ofSeconds(20)), null, key);
    }

    /** The answer of a tool. */
    public <I extends Record, R extends Record> ToolResult<R> call(CanonicalTool<I, ?> tool, I input) {
        return call(tool, input, context(new Caller("test", Set.of()), "key0123456789"));
    }

    /** The answer of a tool that the adapter must have. */
    @SuppressWarnings("unchecked") // as the tool says
    public <I extends Record, R extends Record> ToolResult<R> call(
            CanonicalTool<I, ?> tool, I input, CallContext context) {
        assertThat(adapter.handlers().names()).contains(tool.name());
        return (ToolResult<R>) adapter.handlers().call(tool, input, context);
    }

    /** The answer of a tool that must do well. */
    public <I extends Record, O extends Record> ToolResult.Ok<O> done(CanonicalTool<I, ?> tool, I input) {
        ToolResult<O> result = call(tool, input);
        assertThat(result).isInstanceOf(ToolResult.Ok.class);
        return (ToolResult.Ok<O>) result;
    }

    /** A page of a list that must do well. */
    public <I extends Record, O extends Record> Page<O> list(CanonicalTool<I, O> tool, I input) {
        ToolResult.Ok<Page<O>> result = done(tool, input);
        return result.value();
    }

    /** The code of what must fail. */
    public static ErrorCode code(ToolResult<?> result) {
        assertThat(result).isInstanceOf(ToolResult.Failed.class);
        return ((ToolResult.Failed<?>) result).code();
    }

    @Override
    public void close() {
        adapter.close();
        camel.stop();
    }
}
