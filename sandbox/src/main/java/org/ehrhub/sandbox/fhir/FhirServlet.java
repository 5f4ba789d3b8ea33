package org.ehrhub.sandbox.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.api.EncodingEnum;
import ca.uhn.fhir.rest.api.RequestTypeEnum;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.RestfulServer;
import ca.uhn.fhir.rest.server.exceptions.MethodNotAllowedException;
import ca.uhn.fhir.rest.server.exceptions.ResourceNotFoundException;
import ca.uhn.fhir.rest.server.method.BaseMethodBinding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * One site over HTTP (FHIR R4, 3.1.0): HAPI's server speaks the protocol, the providers do the work. Each type is
 * registered when it is first asked for, since HAPI's reading of all their definitions would cost a start 0.25 s.
 */
public final class FhirServlet extends RestfulServer {
    private static final long serialVersionUID = 1L;

    private final transient Habits habits;
    private final transient ResourceStore store;
    private final transient ResourceWriter writer;
    private final transient List<Offered> offered;
    private final transient Set<String> registered = new HashSet<>();
    private final transient Lock registering = new ReentrantLock();

    /**
     * A servlet to be mapped at the site's base address.
     *
     * @param careless whether a search is answered with every resource of its type, whatever it asks for
     */
    public FhirServlet(
            FhirContext fhir, Habits habits, ResourceStore store, List<Offered> offered, BooleanSupplier careless) {
        super(fhir);
        this.habits = habits;
        this.store = store;
        this.offered = offered;
        this.writer = new ResourceWriter(fhir, store, new Searcher(store, habits, careless));
    }

    /** The first segment of its addresses. */
    public String site() {
        return habits.site();
    }

    @Override
    protected void initialize() {
        setServerName("EHR Hub sandbox");
        setImplementationDescription("Synthetic EHR " + habits.site());
        setDefaultResponseEncoding(EncodingEnum.JSON);
        setServerConformanceProvider(new Capabilities(this, habits, store));
        registerInterceptor(new StrictBodies());
        if (habits.transactions()) {
            registerProvider(new BundleRequests(habits, writer));
        }
    }

    @Override
    public BaseMethodBinding determineResourceMethod(RequestDetails request, String path) {
        registering.lock();
        try {
            if (request.getResourceName() != null) {
                register(request.getResourceName());
            }
            return super.determineResourceMethod(request, path);
        } finally {
            registering.unlock();
        }
    }

    /** Registers the types that nobody has asked for yet. */
    void registerAll() {
        registering.lock();
        try {
            store.shelves().keySet().forEach(this::register);
        } finally {
            registering.unlock();
        }
    }

    private void register(String type) {
        Shelf shelf = store.shelf(type);
        if (!registered.add(type)) {
            return;
        }
        var records = new Records(store, writer, habits.zone());
        var watchers = new ArrayList<SearchWatcher>();
        for (Offered operations : offered) {
            if (operations.type().equals(type)) {
                switch (operations.provider().apply(records)) {
                    case SearchWatcher watcher -> watchers.add(watcher);
                    case Object provider -> registerProvider(provider);
                }
            }
        }
        registerProvider(new Reading(getFhirContext(), shelf, writer.searcher(), watchers));
        if (!habits.readOnly().contains(type)) {
            registerProvider(new Writing(getFhirContext(), type, habits, writer));
        }
    }

    /** HAPI would say 400; the other statuses tell a client whether the address or the method is wrong. */
    @Override
    protected void throwUnknownFhirOperationException(RequestDetails request, String path, RequestTypeEnum method) {
        if (request.getOperation() != null) {
            throw new ResourceNotFoundException("This server has no operation of that name");
        }
        throw new MethodNotAllowedException("This server does not take " + method + " here");
    }
}
