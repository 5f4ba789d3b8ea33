package org.ehrhub.medplum.live;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.ehrhub.medplum.stub.MedplumStub;

/** A live server, as the environment names it. */
final class LiveMedplum implements MedplumUnderTest {
    private static final int GONE_OR_FINE = 500;
    private static final int THOUSAND = 1000;

    private final URI base;
    private final String id;
    private final String secret;
    private final MedplumHttp http;
    private final Deque<String> created = new ArrayDeque<>();
    private final Deque<LiveAgent> agents = new ArrayDeque<>();

    private LiveMedplum(URI base, String id, String secret) {
        this.base = base;
        this.id = id;
        this.secret = secret;
        this.http = new MedplumHttp(base, id, secret);
    }

    static LiveMedplum ofEnvironment() {
        var missing = List.of("MEDPLUM_BASE_URL", "MEDPLUM_CLIENT_ID", "MEDPLUM_CLIENT_SECRET").stream()
                .filter(name -> given(name).isEmpty())
                .toList();
        if (!missing.isEmpty()) {
            throw new IllegalStateException("Set " + String.join(", ", missing) + " to test on a live Medplum");
        }
        var base = given("MEDPLUM_BASE_URL").orElseThrow().replaceAll("/*$", "/");
        return new LiveMedplum(
                URI.create(base),
                given("MEDPLUM_CLIENT_ID").orElseThrow(),
                given("MEDPLUM_CLIENT_SECRET").orElseThrow());
    }

    private static Optional<String> given(String name) {
        return Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank());
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public URI base() {
        return base;
    }

    @Override
    public String clientId() {
        return id;
    }

    @Override
    public String clientSecret() {
        return secret;
    }

    @Override
    public MedplumHttp http() {
        return http;
    }

    @Override
    public void since(String version) {
        var is = http.send("GET", "healthcheck", null).json().path("version").asString("");
        assumeTrue(number(is) >= number(version), () -> "needs Medplum " + version + ", and the server is " + is);
    }

    /** Major and minor of a version such as {@code 5.1.12-x}, as one number. */
    private static int number(String version) {
        var parts = version.split("[.-]", 3);
        return Integer.parseInt(parts[0]) * THOUSAND + Integer.parseInt(parts[1]);
    }

    @Override
    public String create(String resource) {
        var type = resource.replaceFirst("(?s).*?\"resourceType\"\\s*:\\s*\"(\\w+)\".*", "$1");
        var reply = http.post("fhir/R4/" + type, resource);
        if (reply.status() != 201) {
            throw new IllegalStateException("The server does not take a " + type + ": " + reply.status());
        }
        created.push(type + "/" + reply.json().path("id").asString());
        return created.element();
    }

    @Override
    public String bot() {
        return named("MEDPLUM_BOT_ID", "a bot deployed from modes.js");
    }

    @Override
    public ConnectedAgent agent() {
        var device = create(
                "{\"resourceType\":\"Device\",\"status\":\"active\",\"url\":\"%s\"}".formatted(ConnectedAgent.ADDRESS));
        var id = create("{\"resourceType\":\"Agent\",\"name\":\"site\",\"status\":\"active\"}")
                .replaceFirst("^Agent/", "");
        var agent = new LiveAgent(base, http.token(), id);
        agents.push(agent);
        return new ConnectedAgent(id, device.replaceFirst("^Device/", ""), agent.receiver());
    }

    private static String named(String variable, String what) {
        var value = given(variable);
        assumeTrue(value.isPresent(), () -> "needs " + what + ": set " + variable);
        return value.orElseThrow();
    }

    @Override
    public MedplumStub stub() {
        return abort("only the stub can be made to do this");
    }

    @Override
    public void close() {
        agents.forEach(LiveAgent::close);
        for (var reference : created) {
            if (http.delete("fhir/R4/" + reference).status() >= GONE_OR_FINE) {
                throw new IllegalStateException("A test's " + reference + " could not be taken away again");
            }
        }
        http.close();
    }
}
