package org.ehrhub.sandbox;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.modeler.Registry;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.ehrhub.sandbox.fhir.FhirServlet;
import org.ehrhub.sandbox.fhir.ResourceStore;
import org.ehrhub.sandbox.people.SiteRecords;

/** A running sandbox: two FHIR R4 sites on one loopback port. */
public final class Sandbox implements AutoCloseable {
    private final Tomcat tomcat;
    private final Map<String, Site> sites = Map.of("stmarys", new Site("stmarys"), "lakeside", new Site("lakeside"));
    private final List<ResourceStore> stores;

    private Sandbox(Clock clock) {
        // Tomcat's MBeans cost 0.4 s of a cold start, and nobody reads them.
        Registry.disableRegistry();
        this.tomcat = new Tomcat();
        FhirContext fhir = FhirContext.forR4Cached();
        // Whoever wrote a record wrote one version of it.
        fhir.getParserOptions().setDontStripVersionsFromReferencesAtPaths("Provenance.target");
        Context context = emptyContext();
        var stMarys = new ResourceStore(fhir, Customs.ST_MARYS, clock, SiteRecords.ofStMarys(clock));
        var lakeside = new ResourceStore(fhir, Customs.LAKESIDE, clock, SiteRecords.ofLakeside(clock));
        serve(
                context,
                new FhirServlet(fhir, Customs.ST_MARYS, stMarys, Customs.AT_ST_MARYS, site("stmarys")::ignoresFilters));
        serve(
                context,
                new FhirServlet(
                        fhir, Customs.LAKESIDE, lakeside, Customs.AT_LAKESIDE, site("lakeside")::ignoresFilters));
        this.stores = List.of(stMarys, lakeside);
    }

    /**
     * Starts both sites on 127.0.0.1; records are generated when they are first asked for.
     *
     * @param port  0 for any free one
     * @param clock what schedules and past visits are counted from, and what writes are stamped with
     * @throws UncheckedIOException when the port is taken
     */
    public static Sandbox start(int port, Clock clock) {
        var sandbox = new Sandbox(clock);
        try {
            sandbox.tomcat.setConnector(connector(port));
            sandbox.tomcat.start();
            return sandbox;
        } catch (LifecycleException e) {
            sandbox.close();
            throw new UncheckedIOException(new IOException("The sandbox could not listen on port " + port, e));
        }
    }

    /** The port both sites answer on. */
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    /** The FHIR base address of {@code stmarys} or {@code lakeside}. */
    public URI baseUrl(String site) {
        return URI.create("http://127.0.0.1:" + port() + "/" + site(site).name() + "/fhir");
    }

    /** One site, to count its requests or make it misbehave. */
    public Site site(String name) {
        Site site = sites.get(name);
        if (site == null) {
            throw new IllegalArgumentException("The sandbox has the sites stmarys and lakeside");
        }
        return site;
    }

    /** Generates the patients and diaries in the background, so that the first call does not wait for them. */
    public void warm() {
        Thread.ofVirtual()
                .name("sandbox-warm")
                .start(() -> stores.forEach(store -> store.warm(List.of("Patient", "Schedule", "Appointment"))));
    }

    /** Stops both sites; requests that hang are dropped. */
    @Override
    public void close() {
        sites.values().forEach(site -> site.fault(Fault.DOWN));
        try {
            tomcat.stop();
            tomcat.destroy();
        } catch (LifecycleException e) {
            throw new IllegalStateException("The sandbox did not stop", e);
        }
    }

    /** A context whose work directory is there already, so that Tomcat makes no files. */
    private Context emptyContext() {
        String existing = System.getProperty("java.io.tmpdir");
        tomcat.setBaseDir(existing);
        tomcat.getEngine().setName("sandbox-" + System.identityHashCode(this));
        tomcat.getEngine().getPipeline().addValve(new SiteGate(sites));
        Context context = tomcat.addContext("", null);
        if (context instanceof StandardContext standard) {
            standard.setWorkDir(existing);
            standard.setClearReferencesThreadLocals(false);
            standard.setClearReferencesRmiTargets(false);
        }
        return context;
    }

    private static void serve(Context context, FhirServlet servlet) {
        Tomcat.addServlet(context, servlet.site(), servlet);
        context.addServletMappingDecoded("/" + servlet.site() + "/fhir/*", servlet.site());
    }

    private static Connector connector(int port) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("relaxedQueryChars", "|");
        connector.setProperty("maxKeepAliveRequests", "-1");
        connector.setThrowOnFailure(true);
        connector.getProtocolHandler().setExecutor(new VirtualThreadExecutor("sandbox-"));
        return connector;
    }
}
