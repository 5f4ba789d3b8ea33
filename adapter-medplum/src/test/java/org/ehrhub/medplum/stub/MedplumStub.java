package org.ehrhub.medplum.stub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A Medplum server in this process: {@code try (var medplum = MedplumStub.start()) { … }}. */
public final class MedplumStub implements AutoCloseable {
    private final Passing clock = new Passing();
    private final Project project = new Project();
    private final Client client = project.client("Hub Client");
    private final Logins logins = new Logins(project, clock);
    private final Limits limits = new Limits(clock);
    private final Archive archive = new Archive(clock);
    private final Door door;
    private final Places places;
    private final Bots bots;
    private final Agents agents = new Agents(archive);
    private final Jobs jobs;
    private final GraphQl graphQl;
    private final Clinic clinic = new Clinic(this::put);

    private MedplumStub(@Nullable URI published) throws IOException {
        door = new Door();
        places = new Places(published == null ? URI.create("http://127.0.0.1:" + door.port() + "/") : published);
        var storage = new Storage(archive, places);
        bots = new Bots(archive, storage);
        jobs = new Jobs(archive, storage, places);
        var searches = new Searches(archive);
        var view = new View(storage);
        var reading = new Reading(archive, searches, view, storage, places);
        var writing = new Writing(archive, searches, reading, storage, project);
        var botDesk = new BotDesk(archive, bots, project, reading, searches, jobs);
        var routing = new Routing();
        graphQl = new GraphQl(archive, reading, searches, routing::answer);
        var diary = new Diary(archive);
        var operations = new Operations(new Operations.Desks(
                new FindDesk(diary),
                new BookDesk(archive, diary, writing, reading, places),
                botDesk,
                new AgentDesk(archive, agents, reading, searches, jobs),
                new Terminology(archive),
                new PatientDesk(archive, reading, searches, places),
                graphQl,
                new Bundles(archive, project, searches, jobs, routing::answer),
                writing,
                storage));
        var router = new FhirRouter(
                new FhirRouter.Parts(
                        archive,
                        reading,
                        writing,
                        new SearchDesk(searches, view, places),
                        jobs,
                        new CapabilityDocument(archive.fhir(), places)),
                operations);
        routing.router = router;
        door.open(new Front(new Front.Rooms(places, project, logins, limits), router, botDesk, storage));
    }

    /** Lets parts that make requests of their own reach the router that is made after them. */
    private static final class Routing {
        private @Nullable FhirRouter router;

        Said answer(Call call) {
            if (router == null) {
                throw new IllegalStateException("The stub is not ready");
            }
            return router.answer(call);
        }
    }

    /** Starts one on a port of the system's choice. */
    public static MedplumStub start() {
        return started(null);
    }

    /** Starts one that writes another address than its own into its links, as behind a proxy; with a slash at its end. */
    public static MedplumStub publishedAs(URI baseUrl) {
        return started(baseUrl);
    }

    private static MedplumStub started(@Nullable URI published) {
        try {
            return new MedplumStub(published);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where it is reached, with a slash at the end. */
    public URI base() {
        return URI.create("http://127.0.0.1:" + door.port() + "/");
    }

    /** Its FHIR service base URL, with a slash at the end. */
    public URI fhir() {
        return base().resolve("fhir/R4/");
    }

    /** Its token endpoint. */
    public URI token() {
        return base().resolve("oauth2/token");
    }

    /** A client with all rights that is no project admin. */
    public Client client() {
        return client;
    }

    /** The project: more clients, and its features. */
    public Project project() {
        return project;
    }

    /** The tokens that were given out. */
    public Logins logins() {
        return logins;
    }

    /** What may be asked in a minute. */
    public Limits limits() {
        return limits;
    }

    /** The bots. */
    public Bots bots() {
        return bots;
    }

    /** The agents and whom they reach. */
    public Agents agents() {
        return agents;
    }

    /** The asynchronous jobs. */
    public Jobs jobs() {
        return jobs;
    }

    /** The GraphQL documents that were run. */
    public GraphQl graphQl() {
        return graphQl;
    }

    /** Puts in services, schedules and people. */
    public Clinic clinic() {
        return clinic;
    }

    /**
     * A user for whom an admin client may act, as {@code Practitioner/1}.
     *
     * @param policy the JSON of an AccessPolicy; none for all rights
     */
    public String user(String family, @Nullable String policy) {
        var practitioner = clinic.practitioner(family);
        project.user(practitioner, family, policy == null ? null : Json.object(policy));
        return practitioner;
    }

    /** The ProjectMembership of a user, as {@code ProjectMembership/1}. */
    public String membership(String user) {
        return "ProjectMembership/" + project.ofProfile(user).orElseThrow().id();
    }

    /** Stores a resource, given as JSON without an id; its reference, as in {@code Patient/1}. */
    public String put(String resource) {
        ObjectNode document = Json.object(resource);
        document.put("id", Archive.newId());
        archive.put(document);
        return Json.address(document);
    }

    /** The JSON of a resource as it is stored now; none where it is not there or was deleted. */
    public Optional<String> stored(String reference) {
        return archive.find(reference).map(Json.MAPPER::writeValueAsString);
    }

    /** The JSON of all resources of a type. */
    public List<String> all(String type) {
        return archive.all(type).stream().map(Json.MAPPER::writeValueAsString).toList();
    }

    /** All that it holds: every version of every resource. */
    public List<String> everything() {
        return archive.everything().stream().map(Kept::toString).toList();
    }

    /** Lets time pass for tokens, budgets and presigned addresses. */
    public void pass(Duration time) {
        clock.pass(time);
    }

    /** Its clock. */
    public Clock clock() {
        return clock;
    }

    /** The requests that have reached it, in order. */
    public List<Heard> heard() {
        return door.heard();
    }

    /** Those of a method and path, as in {@code POST /fhir/R4/Appointment/$book}. */
    public List<Heard> heard(String line) {
        return door.heard().stream().filter(heard -> heard.is(line)).toList();
    }

    /** Forgets what it has heard. */
    public void forget() {
        door.forget();
    }

    /** Does what such requests ask and drops the connection without an answer, from now on. */
    public void loseAnswers(Predicate<Asked> which) {
        door.lose(which);
    }

    /** Answers such requests with 503 and does nothing, from now on. */
    public void fail(Predicate<Asked> which) {
        door.fail(which);
    }

    @Override
    public void close() {
        door.close();
    }
}
