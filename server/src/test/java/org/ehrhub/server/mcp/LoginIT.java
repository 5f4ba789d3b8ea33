package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ehrhub.tools.Caller;
import org.ehrhub.tools.Reference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Login with a real authorization server, over the wire. */
class LoginIT {
    private static LoginServer issuer;
    private static LoginServer otherTenant;
    private static LoginDesk desk;

    @BeforeAll
    static void start() {
        issuer = new LoginServer();
        otherTenant = new LoginServer();
        desk = new LoginDesk(issuer, otherTenant);
    }

    @AfterAll
    static void stop() {
        desk.close();
        otherTenant.close();
        issuer.close();
    }

    @BeforeEach
    void forget() {
        desk.hub.calls.clear();
        issuer.extraClaims = Map.of();
    }

    @Test
    void aClientFindsTheLoginServerFromTheFirstRefusalAndThenCalls() throws Exception {
        var refused = desk.send(desk.server.post(LoginDesk.INITIALIZE));
        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(LoginDesk.challenges(refused))
                .containsExactly("Bearer scope=\"ehrhub.read\", resource_metadata="
                        + "\"https://hub.example/.well-known/oauth-protected-resource/mcp\"");
        for (var path : List.of("", "/mcp")) {
            var metadata = FakeHub.JSON.readTree(
                    desk.get("/.well-known/oauth-protected-resource" + path).body());
            assertThat(metadata.path("resource").asString()).isEqualTo(LoginDesk.RESOURCE);
            assertThat(metadata.path("authorization_servers"))
                    .extracting(one -> one.asString())
                    .containsExactly(issuer.issuer(), otherTenant.issuer());
            assertThat(metadata.path("scopes_supported"))
                    .extracting(one -> one.asString())
                    .containsExactly("ehrhub.read", "ehrhub.write", "ehrhub.act");
            assertThat(metadata.path("bearer_methods_supported")).hasSize(1);
        }

        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var answer = desk.send(LoginDesk.call("patient_get"), token, desk.session(token));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"isError\":false");
        assertThat(desk.hub.lastCall().caller())
                .isEqualTo(
                        new Caller("agent", Set.of(), issuer.issuer(), "agent", Set.of("ehrhub.read"), Set.of(), null));
    }

    @Test
    void aPersonLogsInWithACodeAndAProofKey() throws Exception {
        issuer.extraClaims = Map.of(
                "realm_access",
                Map.of("roles", List.of("hub-nurse", "hub-admin", "doctor", "hub-")),
                "patient",
                "sm-1001",
                "fhirUser",
                issuer.issuer() + "/fhir/Patient/sm-1002",
                "purpose_of_use",
                "TREAT");
        var token = issuer.userTokens("openid ehrhub.read ehrhub.write", LoginDesk.RESOURCE)
                .path("access_token")
                .asString();

        desk.send(LoginDesk.call("patient_get"), token, desk.session(token));

        assertThat(desk.hub.lastCall().caller())
                .isEqualTo(new Caller(
                        "dr.abbott",
                        Set.of("nurse"),
                        issuer.issuer(),
                        "desk",
                        Set.of("openid", "ehrhub.read", "ehrhub.write"),
                        Set.of(
                                new Reference("stmarys", "Patient", "sm-1001"),
                                new Reference("stmarys", "Patient", "sm-1002")),
                        "TREAT"));
    }

    @Test
    void aLoginThatIsBoundToAPatientWhomNobodyCanPlaceIsRefused() throws Exception {
        for (var patient : List.of(List.of(), "../../x", 7)) {
            issuer.extraClaims = Map.of("patient", patient);
            var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
            assertThat(desk.send(LoginDesk.LIST, token).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void whatTheTokenWasNotGrantedIsNotListedAndAnsweredWithWhatToAskFor() throws Exception {
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var session = desk.session(token);
        assertThat(desk.send(LoginDesk.LIST, token, session).body())
                .contains("\"patient_get\"")
                .doesNotContain("\"appointment_create\"", "\"patient_create\"");

        var refused = desk.send(LoginDesk.call("patient_create"), token, session);

        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(LoginDesk.challenges(refused))
                .singleElement()
                .asString()
                .startsWith("Bearer error=\"insufficient_scope\"")
                .contains("scope=\"ehrhub.write ehrhub.act\"", "resource_metadata=\"https://hub.example/");
        assertThat(desk.hub.calls).isEmpty();

        var wider = issuer.clientToken("ehrhub.read ehrhub.write ehrhub.act", LoginDesk.RESOURCE);
        assertThat(desk.send(LoginDesk.call("patient_create"), wider, session).statusCode())
                .isEqualTo(200);
        assertThat(desk.send(LoginDesk.LIST, wider, session).body()).contains("\"patient_create\"");
    }

    @Test
    void everyRequestNeedsItsTokenWhateverSessionItNames() throws Exception {
        var session = desk.session(issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE));
        assertThat(desk.send(desk.server.post(LoginDesk.LIST).header("Mcp-Session-Id", session))
                        .statusCode())
                .isEqualTo(401);
        var stream = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.server.port() + "/mcp"))
                .header("Accept", "text/event-stream")
                .header("Mcp-Session-Id", session);
        assertThat(desk.send(stream).statusCode()).isEqualTo(401);
        assertThat(desk.send(stream.DELETE()).statusCode()).isEqualTo(401);
    }

    @Test
    void aSessionIsOfWhoeverOpenedItAlone() throws Exception {
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var session = desk.session(token);
        var sameNameElsewhere = otherTenant.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var otherPerson = issuer.userTokens("ehrhub.read", LoginDesk.RESOURCE)
                .path("access_token")
                .asString();

        for (var stranger : List.of(sameNameElsewhere, otherPerson)) {
            assertThat(desk.send(LoginDesk.LIST, stranger, session).statusCode())
                    .isEqualTo(404);
            assertThat(desk.send(desk.request("", stranger)
                                    .header("Mcp-Session-Id", session)
                                    .DELETE())
                            .statusCode())
                    .isEqualTo(404);
        }
        assertThat(desk.send(LoginDesk.LIST, token, session).statusCode()).isEqualTo(200);
    }

    @Test
    void aTokenInTheAddressIsRefusedEvenBesideAGoodOne() throws Exception {
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        for (var query : List.of("access_token=" + token, "a=b&Access%5Ftoken=" + token)) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.server.port() + "/mcp?" + query))
                    .header("Content-Type", "application/json")
                    .header("Accept", RunningHub.JSON_AND_EVENTS)
                    .header("Authorization", "Bearer " + token)
                    .POST(HttpRequest.BodyPublishers.ofString(LoginDesk.INITIALIZE));
            var answer = desk.send(request);
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(LoginDesk.challenges(answer)).singleElement().asString().contains("invalid_request");
        }
    }

    @Test
    void strangersCannotMakeTheHubAskForKeysAgainAndAgain() throws Exception {
        try (var rotating = new LoginServer();
                var hub = new LoginDesk(rotating)) {
            assertThat(hub.send(LoginDesk.INITIALIZE, rotating.clientToken("ehrhub.read", LoginDesk.RESOURCE))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(rotating.keyReads).hasValue(1);
            for (int i = 0; i < 20; i++) {
                rotating.key =
                        new RSAKey.Builder(rotating.key).keyID("stranger-" + i).build();
                var forged = rotating.clientToken("ehrhub.read", LoginDesk.RESOURCE);
                assertThat(hub.send(LoginDesk.INITIALIZE, forged).statusCode()).isEqualTo(401);
            }
            assertThat(rotating.keyReads).hasValue(1);
        }
    }

    @Test
    void aHubWhoseLoginServerIsAwaySaysSo() throws Exception {
        var gone = new LoginServer();
        try (var hub = new LoginDesk(gone)) {
            var token = gone.clientToken("ehrhub.read", LoginDesk.RESOURCE);
            gone.close();
            var answer = hub.send(LoginDesk.INITIALIZE, token);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).doesNotContain(gone.issuer(), "Exception");
        }
    }

    @Test
    void noTokenAndNoPartOfOneIsLogged() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var heard = new ListAppender<ILoggingEvent>();
        var before = root.getLevel();
        heard.start();
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var expired = SignedJWT.parse(token).getParsedString() + "x";
        root.addAppender(heard);
        root.setLevel(Level.DEBUG);
        try {
            desk.send(LoginDesk.LIST, token, desk.session(token));
            desk.send(LoginDesk.LIST, expired);
        } finally {
            root.setLevel(before);
            root.detachAppender(heard);
        }
        assertThat(List.copyOf(heard.list))
                .extracting(ILoggingEvent::getFormattedMessage)
                .noneMatch(words -> words.contains(token.substring(token.indexOf('.') + 1, token.indexOf('.') + 40)));
    }
}
