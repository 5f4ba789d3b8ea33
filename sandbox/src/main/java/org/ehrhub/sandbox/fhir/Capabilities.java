package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.RuntimeSearchParam;
import ca.uhn.fhir.rest.annotation.Metadata;
import ca.uhn.fhir.rest.api.Constants;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.provider.ServerCapabilityStatementProvider;
import ca.uhn.fhir.rest.server.util.FhirContextSearchParamRegistry;
import ca.uhn.fhir.rest.server.util.ResourceSearchParams;
import ca.uhn.fhir.util.FhirTerser;
import jakarta.servlet.http.HttpServletRequest;
import java.util.function.Supplier;
import org.hl7.fhir.instance.model.api.IBase;
import org.hl7.fhir.instance.model.api.IBaseConformance;
import org.hl7.fhir.r4.model.CapabilityStatement;

/**
 * The CapabilityStatement: HAPI's, of the search parameters this server evaluates and the operations it has; a filter the
 * site ignores and a create it does not do are claimed, as such servers do.
 */
public final class Capabilities {
    private final Supplier<Statement> statement;

    Capabilities(FhirServlet server, Habits habits, ResourceStore store) {
        this.statement = new Once<>(() -> {
            server.registerAll();
            return new Statement(server, habits, store);
        });
    }

    /** What the site does; computed when it is asked for. */
    @Metadata
    public IBaseConformance statement(HttpServletRequest http, RequestDetails request) {
        return statement.get().getServerConformance(http, request);
    }

    private static final class Statement extends ServerCapabilityStatementProvider {
        private final Habits habits;

        Statement(FhirServlet server, Habits habits, ResourceStore store) {
            super(server, new Evaluated(server.getFhirContext(), store), null);
            this.habits = habits;
        }

        @Override
        protected boolean searchParamEnabled(String type, String name) {
            return false;
        }

        @Override
        protected void postProcess(FhirTerser terser, IBaseConformance statement) {
            terser.addElement(statement, "patchFormat", Constants.CT_JSON_PATCH);
            // HAPI claims _include=*, which this server refuses.
            ((CapabilityStatement) statement)
                    .getRestFirstRep()
                    .getResource()
                    .forEach(resource -> resource.getSearchInclude()
                            .removeIf(include -> include.getValue().equals("*")));
        }

        @Override
        protected void postProcessRest(FhirTerser terser, IBase rest) {
            if (habits.transactions()) {
                terser.addElement(terser.addElement(rest, "interaction"), "code", "batch");
            }
        }

        @Override
        protected void postProcessRestResource(FhirTerser terser, IBase resource, String type) {
            terser.addElement(resource, "versioning", "versioned");
            terser.addElement(resource, "updateCreate", "false");
            terser.addElement(resource, "conditionalRead", "not-match");
        }
    }

    /** HAPI's search parameters without those this server cannot evaluate. */
    private static final class Evaluated extends FhirContextSearchParamRegistry {
        private final ResourceStore store;

        Evaluated(FhirContext fhir, ResourceStore store) {
            super(fhir);
            this.store = store;
        }

        @Override
        public ResourceSearchParams getActiveSearchParams(String type, SearchParamLookupContextEnum purpose) {
            var evaluated = new ResourceSearchParams(type);
            for (RuntimeSearchParam defined :
                    super.getActiveSearchParams(type, purpose).values()) {
                if (store.shelf(type).parameters().named(defined.getName()).isPresent()) {
                    evaluated.put(defined.getName(), defined);
                }
            }
            return evaluated;
        }
    }
}
