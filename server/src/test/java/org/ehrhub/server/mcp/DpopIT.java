package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.UUID;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tokens that are bound to a key of the client (RFC 9449), issued by a real authorization server. */
class DpopIT {
    private static LoginServer issuer;
    private static LoginDesk desk;
    private static ECKey key;
    private static String token;

    @BeforeAll
    static void start() throws Exception {
        issuer = new LoginServer();
        desk = new LoginDesk(issuer);
        key = new ECKeyGenerator(Curve.P_256).generate();
        token = bound(key);
    }

    @AfterAll
    static void stop() {
        desk.close();
        issuer.close();
    }

    private static String bound(ECKey key) throws Exception {
        var proof = proof(key, claims("POST", issuer.issuer() + "/oauth2/token", null));
        return issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE, Map.of("DPoP", proof));
    }

    private static JWTClaimsSet.Builder claims(String method, String address, String token) {
        var claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .issueTime(Date.from(Instant.now()))
                .claim("htm", method)
                .claim("htu", address);
        return token == null ? claims : claims.claim("ath", LoginServer.sha256(token));
    }

    private static String proof(ECKey key, JWTClaimsSet.Builder claims) throws JOSEException {
        var header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        var proof = new SignedJWT(header, claims.build());
        proof.sign(new ECDSASigner(key));
        return proof.serialize();
    }

    private static HttpResponse<String> send(String token, String proof) throws Exception {
        return desk.send(desk.server
                .post(LoginDesk.INITIALIZE)
                .header("Authorization", "DPoP " + token)
                .header("DPoP", proof));
    }

    @Test
    void takesABoundTokenWithAProofForThisRequest() throws Exception {
        var answer = send(token, proof(key, claims("POST", LoginDesk.RESOURCE, token)));
        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    void takesNoProofTwice() throws Exception {
        var proof = proof(key, claims("POST", LoginDesk.RESOURCE, token));
        assertThat(send(token, proof).statusCode()).isEqualTo(200);
        for (int i = 0; i < 1100; i++) {
            send(token, proof(key, claims("POST", LoginDesk.RESOURCE, token)));
        }
        assertRefused(send(token, proof));
    }

    @Test
    void takesNoBoundTokenWithoutItsProof() throws Exception {
        assertRefused(desk.send(LoginDesk.INITIALIZE, token));
        assertRefused(desk.send(desk.server.post(LoginDesk.INITIALIZE).header("Authorization", "DPoP " + token)));
        assertRefused(send(token, "x"));
    }

    @Test
    void takesNoProofOfAnotherRequestTokenTimeOrKey() throws Exception {
        var thief = new ECKeyGenerator(Curve.P_256).generate();
        assertRefused(send(token, proof(key, claims("GET", LoginDesk.RESOURCE, token))));
        assertRefused(send(token, proof(key, claims("POST", "https://hub.example/other", token))));
        assertRefused(send(token, proof(key, claims("POST", LoginDesk.RESOURCE, bound(key)))));
        assertRefused(send(token, proof(key, claims("POST", LoginDesk.RESOURCE, null))));
        assertRefused(send(token, proof(thief, claims("POST", LoginDesk.RESOURCE, token))));
        var old = claims("POST", LoginDesk.RESOURCE, token)
                .issueTime(Date.from(Instant.now().minusSeconds(120)));
        assertRefused(send(token, proof(key, old)));
        var unnamed = claims("POST", LoginDesk.RESOURCE, token).jwtID(null);
        assertRefused(send(token, proof(key, unnamed)));
    }

    @Test
    void takesNoProofBesideATokenThatIsNotBound() throws Exception {
        var bearer = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        assertRefused(send(bearer, proof(key, claims("POST", LoginDesk.RESOURCE, bearer))));
    }

    @Test
    void takesOnlyBoundTokensWhereTheyAreRequired() throws Exception {
        try (var strict = new LoginDesk(McpSettings.standard("1"), Dpop.REQUIRED, issuer)) {
            var refused = strict.send(LoginDesk.INITIALIZE, issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE));
            assertThat(refused.statusCode()).isEqualTo(401);
            assertThat(LoginDesk.challenges(refused)).singleElement().asString().startsWith("DPoP ");
        }
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(LoginDesk.challenges(answer).getFirst())
                .startsWith("DPoP error=\"invalid_dpop_proof\"")
                .contains("algs=\"ES256");
    }
}
