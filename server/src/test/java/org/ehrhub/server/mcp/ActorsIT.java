package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens by which one acts in another's name (RFC 8693, 4.1), from a real authorization server, over the wire. */
class ActorsIT {
    private static LoginServer issuer;
    private static LoginDesk desk;

    @BeforeAll
    static void start() {
        issuer = new LoginServer();
        desk = new LoginDesk(issuer);
    }

    @AfterAll
    static void stop() {
        desk.close();
        issuer.close();
    }

    @BeforeEach
    void forget() {
        desk.hub.calls.clear();
        issuer.extraClaims = Map.of();
    }

    private static String token(Object act) throws Exception {
        issuer.extraClaims = Map.of("act", act);
        return issuer.userTokens("openid ehrhub.read", LoginDesk.RESOURCE)
                .path("access_token")
                .asString();
    }

    @Test
    void thePersonIsThePrincipalAndWhoActsIsKnown() throws Exception {
        var token = token(Map.of("sub", "scribe", "act", Map.of("sub", "planner")));

        desk.send(LoginDesk.call("patient_get"), token, desk.session(token));

        var caller = desk.hub.lastCall().caller();
        assertThat(caller.principal()).isEqualTo(issuer.issuer() + "|dr.abbott");
        assertThat(caller.acting()).isEqualTo(issuer.issuer() + "|scribe");
        assertThat(caller.onBehalfOf()).contains(issuer.issuer() + "|dr.abbott");
    }

    @Test
    void anActorOfAnotherIssuerIsNamedAfterItAndStillVouchedForByTheTokensOwn() throws Exception {
        var token = token(Map.of("sub", "scribe", "iss", "https://machines.example"));
        desk.send(LoginDesk.call("patient_get"), token, desk.session(token));
        assertThat(desk.hub.lastCall().caller().acting())
                .isEqualTo(issuer.issuer() + "|https://machines.example|scribe");

        var own = token(Map.of("sub", "scribe", "iss", issuer.issuer()));
        desk.send(LoginDesk.call("patient_get"), own, desk.session(own));
        assertThat(desk.hub.lastCall().caller().acting()).isEqualTo(issuer.issuer() + "|scribe");
    }

    @Test
    void whoeverActsIsSaidAsTheStandardHasItOrTheTokenDoesNotHold() throws Exception {
        var tooDeep = Map.<String, Object>of("sub", "first");
        for (int i = 0; i < 8; i++) {
            tooDeep = Map.of("sub", "next", "act", tooDeep);
        }
        for (var act : List.of(
                "scribe",
                7,
                List.of(Map.of("sub", "scribe")),
                Map.of(),
                Map.of("client_id", "scribe"),
                Map.of("sub", " "),
                Map.of("sub", 7),
                Map.of("sub", "a\nb"),
                Map.of("sub", "s".repeat(256)),
                Map.of("sub", "scribe", "iss", List.of("https://machines.example")),
                Map.of("sub", "scribe", "act", "planner"),
                Map.of("sub", "scribe", "act", Collections.emptyMap()),
                tooDeep)) {
            var answer = desk.send(LoginDesk.LIST, token(act));
            assertThat(answer.statusCode()).as(act.toString()).isEqualTo(401);
            assertThat(LoginDesk.challenges(answer)).singleElement().asString().contains("invalid_token");
        }
        assertThat(desk.hub.calls).isEmpty();
    }

    @Test
    void aSessionIsOfOneActor() throws Exception {
        var scribe = token(Map.of("sub", "scribe"));
        var session = desk.session(scribe);
        for (var other : List.of(token(Map.of("sub", "planner")), plain())) {
            assertThat(desk.send(LoginDesk.LIST, other, session).statusCode()).isEqualTo(404);
        }
        assertThat(desk.send(LoginDesk.LIST, scribe, session).statusCode()).isEqualTo(200);
    }

    private static String plain() throws Exception {
        issuer.extraClaims = Map.of();
        return issuer.userTokens("openid ehrhub.read", LoginDesk.RESOURCE)
                .path("access_token")
                .asString();
    }
}
