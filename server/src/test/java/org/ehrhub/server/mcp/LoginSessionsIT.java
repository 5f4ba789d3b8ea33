package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jwt.JWTClaimsSet;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What becomes of sessions and streams, and what web pages are told. */
class LoginSessionsIT {
    private static final String PAGE = "https://chat.example.org";
    private static LoginServer issuer;
    private static LoginDesk desk;

    @BeforeAll
    static void start() {
        issuer = new LoginServer();
        var usual = McpSettings.standard("1");
        var few = new McpSettings(
                "1",
                usual.toolNames(),
                Set.of(PAGE),
                Set.of(),
                usual.maxRequestBytes(),
                usual.maxCalls(),
                null,
                1,
                new SessionLimits(4, 2, Duration.ofMinutes(5)));
        desk = new LoginDesk(few, Dpop.OPTIONAL, issuer);
    }

    @AfterAll
    static void stop() {
        desk.close();
        issuer.close();
    }

    private static String token(String subject, Duration left) {
        var now = Instant.now();
        var claims = new JWTClaimsSet.Builder()
                .issuer(issuer.issuer())
                .subject(subject)
                .audience(LoginDesk.RESOURCE)
                .issueTime(Date.from(now.minusSeconds(60)))
                .expirationTime(Date.from(now.plus(left)))
                .claim("scope", "ehrhub.read");
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt"));
        return issuer.signed(header, claims.build());
    }

    @Test
    void aCallerLosesTheOldestSessionAndAnotherCallerNone() throws Exception {
        var ann = token("ann", Duration.ofMinutes(5));
        var bob = token("bob", Duration.ofMinutes(5));
        var ofBob = desk.session(bob);
        var ofAnn = new ArrayList<String>();
        for (int i = 0; i < 5; i++) {
            ofAnn.add(desk.session(ann));
        }

        assertThat(ofAnn.subList(0, 3))
                .allSatisfy(session -> assertThat(
                                desk.send(LoginDesk.LIST, ann, session).statusCode())
                        .isEqualTo(404));
        for (var session : ofAnn.subList(3, 5)) {
            assertThat(desk.send(LoginDesk.LIST, ann, session).statusCode()).isEqualTo(200);
        }
        assertThat(desk.send(LoginDesk.LIST, bob, ofBob).statusCode()).isEqualTo(200);

        desk.session(bob);
        var late = desk.send(LoginDesk.INITIALIZE, token("carol", Duration.ofMinutes(5)));
        assertThat(late.statusCode()).isEqualTo(503);
        assertThat(late.headers().firstValue("Retry-After")).isPresent();
        for (var session : ofAnn.subList(3, 5)) {
            desk.send(desk.request("", ann).header("Mcp-Session-Id", session).DELETE());
        }
        var place = desk.send(LoginDesk.INITIALIZE, token("carol", Duration.ofMinutes(5)));
        assertThat(place.statusCode()).isEqualTo(200);
        desk.send(desk.request("", token("carol", Duration.ofMinutes(5)))
                .header(
                        "Mcp-Session-Id",
                        place.headers().firstValue("Mcp-Session-Id").orElseThrow())
                .DELETE());
    }

    @Test
    void aStreamEndsWithTheLoginBehindIt() throws Exception {
        var token = token("dora", LoginDesk.SKEW.negated().plusSeconds(3));
        var session = desk.session(token);
        var stream = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + desk.server.port() + "/mcp"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .header("Mcp-Session-Id", session)
                .build();

        var answer = desk.server.http.sendAsync(stream, BodyHandlers.ofString()).get(10, TimeUnit.SECONDS);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(desk.send(LoginDesk.LIST, token, session).statusCode()).isEqualTo(401);
        desk.send(desk.request("", token("dora", Duration.ofMinutes(1)))
                .header("Mcp-Session-Id", session)
                .DELETE());
    }

    @Test
    void aConfiguredPageMayAskAndReadWhatItNeeds() throws Exception {
        var preflight = desk.server.raw(
                "OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: " + PAGE
                        + "\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization\r\n\r\n");
        assertThat(preflight)
                .startsWith("HTTP/1.1 204")
                .contains("Access-Control-Allow-Origin: " + PAGE, "Authorization", "Vary: Origin")
                .doesNotContain("Allow-Credentials", "Access-Control-Allow-Origin: *");
        var refused = desk.server.raw("POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: " + PAGE
                + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(refused)
                .startsWith("HTTP/1.1 401")
                .contains(
                        "Access-Control-Allow-Origin: " + PAGE,
                        "Access-Control-Expose-Headers: WWW-Authenticate, Mcp-Session-Id");
        for (var other : new String[] {"https://evil.example", "null"}) {
            assertThat(desk.server.raw("OPTIONS /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nOrigin: "
                            + other + "\r\nAccess-Control-Request-Method: POST\r\n\r\n"))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("Access-Control");
        }
        var metadata = URI.create("http://127.0.0.1:" + desk.server.port() + "/.well-known/oauth-protected-resource");
        var anywhere = HttpRequest.newBuilder(metadata).header("Origin", "https://anywhere.example");
        assertThat(desk.send(anywhere).headers().firstValue("Access-Control-Allow-Origin"))
                .contains("*");
    }

    @Test
    void theAddressOfTheHubIsNeverTakenFromTheRequest() throws Exception {
        for (var header : new String[] {
            "X-Forwarded-Host: evil.example", "Forwarded: host=evil.example", "X-Forwarded-Proto: http"
        }) {
            var answer = desk.server.raw("POST /mcp HTTP/1.1\r\nHost: localhost\r\n" + header
                    + "\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(answer)
                    .startsWith("HTTP/1.1 401")
                    .contains("resource_metadata=\"https://hub.example/.well-known/oauth-protected-resource/mcp\"")
                    .doesNotContain("evil");
        }
        assertThat(desk.server.raw("POST /mcp HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n"
                        + "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"))
                .startsWith("HTTP/1.1 421")
                .doesNotContain("evil", "WWW-Authenticate");
    }
}
