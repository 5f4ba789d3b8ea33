package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens that look right and are not, over the wire. */
class WrongTokensIT {
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
        assertThat(desk.hub.calls).isEmpty();
    }

    private static JWTClaimsSet.Builder claims() {
        var now = Instant.now();
        return new JWTClaimsSet.Builder()
                .issuer(issuer.issuer())
                .subject("agent")
                .audience(LoginDesk.RESOURCE)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .claim("scope", LoginServer.SCOPES);
    }

    private static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType("at+jwt"));
    }

    private static long seconds(long fromNow) {
        return Instant.now().plusSeconds(fromNow).getEpochSecond();
    }

    private static void assertRefused(String token) throws Exception {
        var answer = desk.send(LoginDesk.INITIALIZE, token);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(LoginDesk.challenges(answer))
                .singleElement()
                .asString()
                .contains("error=\"invalid_token\"", "resource_metadata=");
        assertThat(answer.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(answer.body()).contains("\"jsonrpc\"").doesNotContain(token, "Exception", "expired at");
    }

    @Test
    void theSameTokenIsTakenWhenNothingIsWrongWithIt() throws Exception {
        var old = claims().claim("iat", seconds(-300)).claim("exp", seconds(-2));
        var early = claims().claim("nbf", seconds(3)).claim("iat", seconds(3));
        for (var good : List.of(claims(), old, early)) {
            var token = issuer.signed(header(), good.build());
            assertThat(desk.send(LoginDesk.INITIALIZE, token).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void refusesATokenForSomebodyElse() throws Exception {
        assertRefused(issuer.signed(header(), claims().audience(List.of()).build()));
        assertRefused(
                issuer.signed(header(), claims().audience("https://hub.example").build()));
        assertRefused(issuer.signed(
                header(), claims().audience("https://hub.example/mcp/").build()));
        assertRefused(issuer.clientToken("ehrhub.read", "https://other.example/mcp"));
    }

    @Test
    void refusesATokenOutOfItsTime() throws Exception {
        var skew = LoginDesk.SKEW.toSeconds();
        assertRefused(issuer.signed(
                header(),
                claims().claim("iat", seconds(-300))
                        .claim("exp", seconds(-skew - 1))
                        .build()));
        assertRefused(issuer.signed(header(), claims().claim("exp", null).build()));
        assertRefused(
                issuer.signed(header(), claims().claim("nbf", seconds(skew + 3)).build()));
        assertRefused(
                issuer.signed(header(), claims().claim("iat", seconds(skew + 3)).build()));
    }

    @Test
    void refusesATokenThatItsIssuerDidNotSign() throws Exception {
        assertRefused(otherTenant.signed(header(), claims().build()));
        assertRefused(
                issuer.signed(header(), claims().issuer(otherTenant.issuer()).build()));
        assertRefused(
                issuer.signed(header(), claims().issuer("http://127.0.0.1:1").build()));
        assertRefused(
                issuer.signed(header(), claims().issuer(issuer.issuer() + "/").build()));
        assertRefused(issuer.signed(header(), claims().issuer(null).build()));
        assertRefused(new PlainJWT(claims().build()).serialize());
        var other = new SignedJWT(header().keyID(issuer.key.getKeyID()).build(), claims().build());
        other.sign(new RSASSASigner(LoginServer.newKey()));
        assertRefused(other.serialize());
    }

    @Test
    void refusesATokenWithoutAPerson() throws Exception {
        assertRefused(issuer.signed(header(), claims().subject(null).build()));
        assertRefused(issuer.signed(header(), claims().subject(" ").build()));
    }

    @Test
    void refusesASecretSignatureMadeWithThePublicKey() throws Exception {
        for (var secret : List.of(
                issuer.key.toRSAPublicKey().getEncoded(),
                issuer.key.toPublicJWK().toJSONString().getBytes(java.nio.charset.StandardCharsets.UTF_8))) {
            var header = new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(issuer.key.getKeyID());
            var forged = new SignedJWT(header.type(JOSEObjectType.JWT).build(), claims().build());
            forged.sign(new MACSigner(secret));
            assertRefused(forged.serialize());
        }
    }

    @Test
    void refusesAnAlgorithmThatIsNotConfigured() throws Exception {
        assertRefused(issuer.signed(
                new JWSHeader.Builder(JWSAlgorithm.PS256).type(new JOSEObjectType("at+jwt")), claims().build()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"dpop+jwt", "logout+jwt", "secevent+jwt", "oauth-authz-req+jwt", "client-authentication+jwt"})
    void refusesAnythingElseThatTheIssuerSigns(String type) throws Exception {
        assertRefused(issuer.signed(
                new JWSHeader.Builder(JWSAlgorithm.RS256).type(new JOSEObjectType(type)), claims().build()));
    }

    @Test
    void refusesAnIdentityTokenEvenForThisHub() throws Exception {
        var tokens = issuer.userTokens("openid ehrhub.read", LoginDesk.RESOURCE);
        assertRefused(tokens.path("id_token").asString());
        var header = new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
        assertRefused(issuer.signed(header, claims().claim("at_hash", "x").build()));
        assertRefused(issuer.signed(header, claims().claim("typ", "ID").build()));
        assertRefused(issuer.signed(header, claims().claim("token_use", "id").build()));
    }

    @Test
    void fetchesNoKeyThatATokenNames() throws Exception {
        var fetched = new AtomicInteger();
        var evil = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        evil.createContext("/", exchange -> {
            fetched.incrementAndGet();
            exchange.sendResponseHeaders(404, -1);
        });
        evil.start();
        try {
            var address = URI.create("http://127.0.0.1:" + evil.getAddress().getPort() + "/keys");
            var own = LoginServer.newKey();
            var headers = new ArrayList<JWSHeader>();
            headers.add(header().jwkURL(address).keyID(own.getKeyID()).build());
            headers.add(header().x509CertURL(address).keyID(own.getKeyID()).build());
            headers.add(header().jwk(own.toPublicJWK()).build());
            headers.add(header().keyID(address.toString()).build());
            for (var header : headers) {
                var forged = new SignedJWT(header, claims().build());
                forged.sign(new RSASSASigner(own));
                assertRefused(forged.serialize());
            }
            assertThat(fetched).hasValue(0);
        } finally {
            evil.stop(0);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer", "Bearer ", "Bearer a b", "Bearer \u00e9", "bearer a,b", "Bearer {}"})
    void refusesAHeaderThatIsNone(String header) throws Exception {
        var answer = desk.server.raw("POST /mcp HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                + header + "\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}");
        assertThat(answer).startsWith("HTTP/1.1 400").contains("invalid_request");
    }

    @Test
    void refusesTwoTokensAndOtherSchemes() throws Exception {
        var good = issuer.signed(header(), claims().build());
        assertThat(desk.send(desk.request(LoginDesk.INITIALIZE, good).header("Authorization", "Bearer " + good))
                        .statusCode())
                .isEqualTo(400);
        var basic = desk.server.post(LoginDesk.INITIALIZE).header("Authorization", "Basic YTpi");
        assertThat(desk.send(basic).statusCode()).isEqualTo(401);
        assertRefused("not-a-token");
        assertRefused("a.b.c");
    }

    @Test
    void refusesATokenThatIsBoundToAKeyOrACertificateAsABearerToken() throws Exception {
        for (var bound : List.of(Map.of("jkt", "x"), Map.of("x5t#S256", "x"))) {
            var answer = desk.send(
                    LoginDesk.INITIALIZE,
                    issuer.signed(header(), claims().claim("cnf", bound).build()));
            assertThat(answer.statusCode()).isEqualTo(401);
        }
    }
}
