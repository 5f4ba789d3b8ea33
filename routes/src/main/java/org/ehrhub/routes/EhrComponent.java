package org.ehrhub.routes;

import java.util.Map;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.support.DefaultProducer;
import org.ehrhub.adapters.EhrRegistry;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.CanonicalTool;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Risk;
import org.ehrhub.tools.ToolCatalog;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.approvals.ApprovalStatus;
import org.ehrhub.tools.ehrs.EhrTools;
import org.jspecify.annotations.Nullable;

/**
 * The Camel component {@code ehr:}. {@code to("ehr:stmarys/patient.get")}, or {@code to("ehr:patient.get")} with the EHR in
 * header {@value #EHR}, has the EHR's adapter do one tool. Body: the input record; property {@value ToolComponent#CALL}: the
 * {@link CallContext}; result: the {@link ToolResult}, whatever happens.
 */
public final class EhrComponent extends DefaultComponent {
    /** The header that names the EHR. */
    public static final String EHR = "EhrHubEhr";

    private final ToolCatalog catalog;
    private final EhrRegistry registry;
    private final EhrStatus ehrStatus;
    private final ApprovalStanding standing;

    /** A component over these EHRs, which itself tells how they are and where approvals stand. */
    public EhrComponent(ToolCatalog catalog, EhrRegistry registry, EhrStatus status, ApprovalStanding standing) {
        this.catalog = catalog;
        this.registry = registry;
        this.ehrStatus = status;
        this.standing = standing;
    }

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
        var slash = remaining.indexOf('/');
        var ehr = slash < 0 ? null : remaining.substring(0, slash);
        var tool = catalog.find(remaining.substring(slash + 1))
                .orElseThrow(() -> new IllegalArgumentException(uri + " names no tool of the catalogue"));
        if (ehr != null && registry.find(ehr).isEmpty()) {
            throw new IllegalArgumentException(uri + " names no EHR of the configuration");
        }
        return new EhrEndpoint(uri, this, ehr, tool);
    }

    private final class EhrEndpoint extends DefaultEndpoint {
        private final @Nullable String ehr;
        private final CanonicalTool<?, ?> tool;

        EhrEndpoint(String uri, EhrComponent component, @Nullable String ehr, CanonicalTool<?, ?> tool) {
            super(uri, component);
            this.ehr = ehr;
            this.tool = tool;
        }

        @Override
        public Producer createProducer() {
            return new EhrProducer(this, ehr, tool);
        }

        @Override
        public Consumer createConsumer(Processor processor) {
            throw new UnsupportedOperationException(
                    "An EHR's tool is done by its adapter; routes cannot take its place");
        }
    }

    private final class EhrProducer extends DefaultProducer {
        private final @Nullable String ehr;
        private final CanonicalTool<?, ?> tool;

        EhrProducer(Endpoint endpoint, @Nullable String ehr, CanonicalTool<?, ?> tool) {
            super(endpoint);
            this.ehr = ehr;
            this.tool = tool;
        }

        @Override
        public void process(Exchange exchange) {
            var message = exchange.getMessage();
            var name = ehr == null ? message.getHeader(EHR, String.class) : ehr;
            var context = exchange.getProperty(ToolComponent.CALL, CallContext.class);
            var input = message.getBody(Record.class);
            message.setBody(registry.find(name)
                    .map(entry -> call(entry, input, context))
                    .orElseGet(() -> ToolResult.failed(
                            ErrorCode.INVALID_INPUT,
                            "The call names no EHR of this hub",
                            "Call ehr.list for the names.")));
        }

        private ToolResult<?> call(EhrRegistry.Entry entry, Record input, CallContext context) {
            if (tool.equals(EhrTools.LIST)) {
                return ehrStatus.of(entry, context);
            }
            if (input instanceof ApprovalStatus asked) {
                return standing.of(asked, context.caller());
            }
            try {
                return entry.handlers().call(tool, input, context);
            } catch (RuntimeException e) {
                return Faults.failure(context, tool.risk() != Risk.READ, e);
            }
        }
    }
}
