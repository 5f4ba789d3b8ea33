package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import org.ehrhub.medplum.live.MedplumHttp;
import org.ehrhub.medplum.live.Reply;
import org.ehrhub.medplum.stub.MedplumStub;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code private_key_jwt}: the server fetches the client's keys, and the audience is the token URL exactly. */
class SignedLoginFactsIT {
    private final MedplumStub stub = MedplumStub.start();
    private final MedplumHttp http = new MedplumHttp(stub.base(), "", "");
    private HttpServer keys;
    private ECKey key;

    @BeforeEach
    void publish() throws Exception {
        key = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
        keys = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keys.createContext("/jwks.json", exchange -> {
            var body = ("{\"keys\":[" + key.toPublicJWK().toJSONString() + "]}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        keys.start();
        stub.project()
                .jwks(
                        stub.client(),
                        URI.create("http://127.0.0.1:" + keys.getAddress().getPort() + "/jwks.json"));
    }

    @AfterEach
    void close() {
        keys.stop(0);
        http.close();
        stub.close();
    }

    @Test
    void aSignedAssertionGetsAToken() throws Exception {
        var reply = asked(assertion(stub.token().toString(), key));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("access_token").asString()).isNotEmpty();
    }

    @Test
    void anotherAudienceIsRefused() throws Exception {
        var reply = asked(assertion(stub.base().toString(), key));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error_description").asString()).isEqualTo("Invalid client assertion audience");
    }

    @Test
    void anotherKeyIsRefused() throws Exception {
        var other = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();

        assertThat(asked(assertion(stub.token().toString(), other)).status()).isEqualTo(400);
    }

    private String assertion(String audience, ECKey signing) throws Exception {
        var claims = new JWTClaimsSet.Builder()
                .issuer(stub.client().id())
                .subject(stub.client().id())
                .audience(audience)
                .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                .build();
        var jwt = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.ES384).keyID("k1").build(), claims);
        jwt.sign(new ECDSASigner(signing));
        return jwt.serialize();
    }

    private Reply asked(String assertion) {
        var form = "grant_type=client_credentials&client_assertion_type="
                + "urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion=" + assertion;
        return http.send("POST", "oauth2/token", form, "Content-Type", "application/x-www-form-urlencoded");
    }
}
