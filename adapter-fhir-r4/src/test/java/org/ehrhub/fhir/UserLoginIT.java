package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.ehrhub.adapters.EhrFailure;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.KeptLogins;
import org.ehrhub.adapters.Secret;
import org.ehrhub.adapters.UserLogin;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.CallContext;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How users of the hub log in to an EHR that lets in nobody else. */
class UserLoginIT {
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final URI BACK = URI.create("http://127.0.0.1:8080/logins/alpha/callback");
    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");

    private final ScriptedServer server = new ScriptedServer();
    private final KeptLogins kept = KeptLogins.inMemory();
    private final AtomicReference<Instant> time = new AtomicReference<>(START);
    private ScriptedEhr ehr;

    /** The login server's refresh tokens are used up by one use; the newest is the only one it takes. */
    private volatile String refresh = "r0";

    private volatile int fetched;

    @BeforeEach
    void start() {
        server.answers(this::answer);
        ehr = hub();
    }

    @AfterEach
    void stop() {
        ehr.close();
    }

    @Test
    void sendsTheBrowserToTheEhrsOwnLogin() {
        var address = login().begin(new UserLogin.Attempt(BACK, "st4te", "ch4llenge"), deadline());

        assertThat(address.toString())
                .startsWith(
                        server.url("/authorize?response_type=code&client_id=hub&redirect_uri=http%3A%2F%2F127.0.0.1")
                                .toString())
                .contains("&scope=offline_access+user%2F")
                .contains("&state=st4te&aud=")
                .endsWith("&code_challenge=ch4llenge&code_challenge_method=S256");
        assertThat(address.getRawQuery()).contains("aud=http%3A%2F%2F127.0.0.1").contains("user%2FPatient.");
    }

    @Test
    void reachesTheEhrAsTheUserWhoCalls() {
        finish("ada");
        finish("ben");

        assertThat(get("ada")).isInstanceOf(ToolResult.Ok.class);
        assertThat(get("ben")).isInstanceOf(ToolResult.Ok.class);

        assertThat(tokensShown()).containsExactly("Bearer code-ada", "Bearer code-ben");
        assertThat(exchanges().getFirst())
                .isEqualTo("grant_type=authorization_code&code=code-ada&redirect_uri=http%3A%2F%2F127.0.0.1%3A8080"
                        + "%2Flogins%2Falpha%2Fcallback&code_verifier=v3rifier&client_id=hub");
    }

    @Test
    void tellsWhoHasNoLoginWhereToGo() {
        finish("ada");

        var result = get("eve");

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.DENIED);
        assertThat(((ToolResult.Failed<?>) result).hint()).contains("/logins/alpha");
        assertThat(tokensShown()).isEmpty();
    }

    @Test
    void renewsALoginThatRanOutAndKeepsWhatTheNextRenewalNeeds() {
        finish("ada");
        time.set(START.plus(Duration.ofHours(2)));
        assertThat(get("ada")).isInstanceOf(ToolResult.Ok.class);
        time.set(START.plus(Duration.ofHours(4)));
        assertThat(get("ada")).isInstanceOf(ToolResult.Ok.class);

        assertThat(tokensShown()).containsExactly("Bearer renewed-2", "Bearer renewed-3");
        assertThat(kept.find("alpha", "ada").orElseThrow().reveal()).isEqualTo("r3");
    }

    @Test
    void goesOnWhereAnotherHubHasRenewedTheLoginMeanwhile() {
        finish("ada");
        try (var other = hub()) {
            time.set(START.plus(Duration.ofHours(2)));
            assertThat(get(other, "ada")).isInstanceOf(ToolResult.Ok.class);
            assertThat(get("ada")).isInstanceOf(ToolResult.Ok.class);
        }
        assertThat(tokensShown()).containsExactly("Bearer renewed-2", "Bearer renewed-3");
    }

    @Test
    void asksForANewLoginWhereTheOldOneWasTakenBack() {
        finish("ada");
        refresh = "another";
        time.set(START.plus(Duration.ofHours(2)));

        assertThat(ScriptedEhr.code(get("ada"))).isEqualTo(ErrorCode.DENIED);

        assertThat(login().has("ada")).isFalse();
    }

    @Test
    void keepsALoginWhoseServerDoesNotAnswer() {
        finish("ada");
        time.set(START.plus(Duration.ofHours(2)));
        server.answers(request -> new Answer(503, ""));

        assertThat(ScriptedEhr.code(get("ada"))).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        server.answers(this::answer);

        assertThat(get("ada")).isInstanceOf(ToolResult.Ok.class);
    }

    @Test
    void endsALoginOnRequest() {
        finish("ada");
        login().end("ada");

        assertThat(ScriptedEhr.code(get("ada"))).isEqualTo(ErrorCode.DENIED);
        assertThat(kept.find("alpha", "ada")).isEmpty();
    }

    @Test
    void saysInItsOwnWordsThatALoginWasNotCompleted() {
        server.answers(request -> new Answer(400, "{\"error\":\"invalid_grant: Ada Lovelace\"}"));

        assertThatThrownBy(() -> login().finish("ada", new UserLogin.Code(BACK, secret("c"), secret("v")), deadline()))
                .isInstanceOf(EhrFailure.class)
                .hasMessageNotContaining("Ada");
        assertThat(login().has("ada")).isFalse();
    }

    @Test
    void isHealthyWithoutAnybodysLogin() {
        assertThat(ehr.adapter().probe(Duration.ofSeconds(10))).isInstanceOf(Health.Up.class);
        server.answers(request -> new Answer(503, ""));
        assertThat(ehr.adapter().probe(Duration.ofSeconds(10))).isInstanceOf(Health.Down.class);
    }

    private ScriptedEhr hub() {
        return new ScriptedEhr(
                server, base -> new FhirR4Config(base, Auth.user("hub", null), null, null, null), time::get, kept);
    }

    private Answer answer(Request request) {
        var target = request.target();
        if (target.equals("/fhir/.well-known/smart-configuration")) {
            return new Answer(200, """
                    {"authorization_endpoint":"%s","token_endpoint":"%s"}""".formatted(server.url("/authorize"), server.url("/token")));
        }
        if (target.equals("/token")) {
            return token(request.body());
        }
        return target.equals("/fhir/metadata")
                ? new Answer(200, "{\"resourceType\":\"CapabilityStatement\",\"status\":\"active\"}")
                : new Answer(200, "{\"resourceType\":\"Patient\",\"id\":\"p1\"}");
    }

    private synchronized Answer token(String form) {
        var renewal = form.startsWith("grant_type=refresh_token");
        if (renewal && !form.contains("refresh_token=" + refresh + "&")) {
            return new Answer(400, "{\"error\":\"invalid_grant\"}");
        }
        fetched++;
        refresh = "r" + fetched;
        var code = form.replaceAll(".*&code=([^&]*).*", "$1");
        return new Answer(200, """
                {"access_token":"%s","token_type":"Bearer","expires_in":3600,"refresh_token":"%s"}""".formatted(renewal ? "renewed-" + fetched : code, refresh));
    }

    private UserLogin login() {
        return ehr.adapter().userLogin().orElseThrow();
    }

    private void finish(String user) {
        login().finish(user, new UserLogin.Code(BACK, secret("code-" + user), secret("v3rifier")), deadline());
    }

    private ToolResult<?> get(String user) {
        return get(ehr, user);
    }

    private ToolResult<?> get(ScriptedEhr from, String user) {
        return from.call(PatientTools.GET, PATIENT, new CallContext("c", new Caller(user, Set.of()), deadline()));
    }

    private Instant deadline() {
        return time.get().plus(Duration.ofSeconds(20));
    }

    private List<String> tokensShown() {
        return server.requests().stream()
                .filter(request -> request.target().startsWith("/fhir/Patient"))
                .map(Request::authorization)
                .toList();
    }

    private List<String> exchanges() {
        return server.requests().stream()
                .filter(request -> request.target().equals("/token"))
                .map(Request::body)
                .toList();
    }

    private static Secret secret(String value) {
        return Secret.from(() -> value);
    }
}
