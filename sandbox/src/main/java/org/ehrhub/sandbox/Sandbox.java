package org.ehrhub.sandbox;

import ca.uhn.fhir.context.FhirContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.ehrhub.sandbox.fhir.FhirServlet;
import org.ehrhub.sandbox.fhir.FhirSite;
import org.ehrhub.sandbox.fhir.Habits;
import org.ehrhub.sandbox.fhir.ResourceStore;
import org.ehrhub.sandbox.people.SiteRecords;

/** A running sandbox: two FHIR R4 sites on one loopback port. */
public final class Sandbox implements AutoCloseable {
    private static final Habits ST_MARYS =
            new Habits("stmarys", ZoneId.of("America/New_York"), 5, 5, true, false, Map.of());
    private static final Habits LAKESIDE = new Habits(
            "lakeside", ZoneId.of("Europe/London"), 20, 100, false, true, Map.of("Patient", Set.of("birthdate")));

    private final Tomcat tomcat;
    private final Path directory;
    private final Map<String, Site> sites;

    private Sandbox(Tomcat tomcat, Path directory, Map<String, Site> sites) {
        this.tomcat = tomcat;
        this.directory = directory;
        this.sites = sites;
    }

    /**
     * Starts both sites on 127.0.0.1.
     *
     * @param port  0 for any free one
     * @param clock what schedules and past visits are counted from, and what writes are stamped with
     */
    public static Sandbox start(int port, Clock clock) {
        var sites = Map.of("stmarys", new Site("stmarys"), "lakeside", new Site("lakeside"));
        try {
            Path directory = Files.createTempDirectory("ehr-sandbox");
            var sandbox = new Sandbox(new Tomcat(), directory, sites);
            sandbox.start(port, FhirContext.forR4Cached(), clock);
            return sandbox;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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

    /** Stops both sites; requests that hang are dropped. */
    @Override
    public void close() {
        sites.values().forEach(site -> site.fault(Fault.DOWN));
        try {
            tomcat.stop();
            tomcat.destroy();
            delete(directory);
        } catch (LifecycleException e) {
            throw new IllegalStateException("The sandbox did not stop", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void start(int port, FhirContext fhir, Clock clock) throws IOException {
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector(port));
        tomcat.getEngine().setName("sandbox-" + System.identityHashCode(this));
        tomcat.getEngine().getPipeline().addValve(new SiteGate(sites));
        Context context = tomcat.addContext("", null);
        if (context instanceof StandardContext standard) {
            standard.setClearReferencesThreadLocals(false);
            standard.setClearReferencesRmiTargets(false);
        }
        var warm = List.of(
                serve(context, ST_MARYS, new ResourceStore(fhir, ST_MARYS, clock, SiteRecords.ofStMarys(clock)), fhir),
                serve(
                        context,
                        LAKESIDE,
                        new ResourceStore(fhir, LAKESIDE, clock, SiteRecords.ofLakeside(clock)),
                        fhir));
        try {
            tomcat.start();
        } catch (LifecycleException e) {
            delete(directory);
            throw new IOException("The sandbox could not listen on port " + port, e);
        }
        Thread.ofVirtual().name("sandbox-warm").start(() -> warm.forEach(store -> store.warm(List.of("Patient"))));
    }

    private static ResourceStore serve(Context context, Habits habits, ResourceStore store, FhirContext fhir) {
        Tomcat.addServlet(context, habits.site(), new FhirServlet(fhir, new FhirSite(fhir, habits, store)));
        context.addServletMappingDecoded("/" + habits.site() + "/fhir/*", habits.site());
        return store;
    }

    private static Connector connector(int port) {
        var connector = new Connector();
        connector.setPort(port);
        connector.setProperty("address", "127.0.0.1");
        connector.setProperty("relaxedQueryChars", "|");
        connector.setThrowOnFailure(true);
        connector.getProtocolHandler().setExecutor(new VirtualThreadExecutor("sandbox-"));
        return connector;
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
