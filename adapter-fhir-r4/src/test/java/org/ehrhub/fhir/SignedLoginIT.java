package org.ehrhub.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.ehrhub.adapters.Health;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.ScriptedServer.Answer;
import org.ehrhub.fhir.ScriptedServer.Request;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.Reference;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the hub logs in with a key of its own (SMART Backend Services). */
class SignedLoginIT {
    private static final PatientGet PATIENT = new PatientGet(Reference.parse("alpha/Patient/p1"));
    private static final String ADA = "{\"resourceType\":\"Patient\",\"id\":\"p1\"}";
    private static final RSAKey RSA = TestKeys.rsa("rsa-1");
    private static final ECKey EC = TestKeys.ec(Curve.P_384, "ec-1");

    private final ScriptedServer tokens = new ScriptedServer();
    private final AtomicReference<String> key = new AtomicReference<>("");
    private final ScriptedServer fhir = new ScriptedServer();
    private @Nullable ScriptedEhr ehr;

    SignedLoginIT() {
        var fetched = new AtomicInteger();
        tokens.answers(request -> new Answer(
                200,
                "{\"access_token\":\"token-%d\",\"token_type\":\"bearer\",\"expires_in\":300}"
                        .formatted(fetched.incrementAndGet())));
    }

    @AfterEach
    void close() {
        if (ehr != null) {
            ehr.close();
        }
        fhir.close();
        tokens.close();
    }

    @Test
    void signsAnAssertionThatSaysWhoWhatForAndForHowLong() throws Exception {
        var started = Instant.now().minusSeconds(1);
        logIn(RSA.toJSONString());

        var form = form(tokens.requests().getFirst());
        var assertion = SignedJWT.parse(form.get("client_assertion"));
        var claims = assertion.getJWTClaimsSet();
        assertThat(form)
                .containsEntry("grant_type", "client_credentials")
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        assertThat(assertion.verify(new RSASSAVerifier(RSA.toPublicJWK()))).isTrue();
        assertThat(assertion.getHeader().toJSONObject())
                .containsEntry("alg", "RS384")
                .containsEntry("kid", "rsa-1")
                .containsEntry("typ", "JWT");
        assertThat(claims.getIssuer()).isEqualTo("hub").isEqualTo(claims.getSubject());
        assertThat(claims.getAudience()).containsExactly(tokens.url("/token").toString());
        assertThat(claims.getExpirationTime().toInstant())
                .isAfter(started)
                .isBefore(started.plus(Duration.ofMinutes(5)));
        assertThat(claims.getJWTID()).hasSizeGreaterThan(20);
        assertThat(tokens.requests().getFirst().authorization()).isEqualTo("null");
        assertThat(fhir.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.authorization()).isEqualTo("Bearer token-1"));
    }

    @Test
    void signsWithAnEllipticCurveAsWell() throws Exception {
        logIn(EC.toJSONString());

        var assertion = assertion(0);
        assertThat(assertion.verify(new ECDSAVerifier(EC.toPublicJWK()))).isTrue();
        assertThat(assertion.getHeader().getAlgorithm().getName()).isEqualTo("ES384");
    }

    @Test
    void readsKeysInPem() throws Exception {
        for (var pem : List.of(
                TestKeys.pem("PRIVATE", RSA.toPrivateKey()),
                TestKeys.pem("PRIVATE", EC.toPrivateKey()) + TestKeys.pem("PUBLIC", EC.toPublicKey()),
                TestKeys.pem("PUBLIC", TestKeys.ec(Curve.P_384, "other").toPublicKey())
                        + TestKeys.pem("PUBLIC", EC.toPublicKey())
                        + TestKeys.pem("PRIVATE", EC.toPrivateKey()))) {
            logIn(pem);
            var assertion = assertion(tokens.requests().size() - 1);
            JWK known = pem.contains(TestKeys.pem("PRIVATE", RSA.toPrivateKey())) ? RSA : EC;
            assertThat(assertion.verify(verifier(known))).isTrue();
            assertThat(assertion.getHeader().getKeyID())
                    .isEqualTo(known.computeThumbprint().toString());
        }
    }

    @Test
    void readsTheKeyAnewSoThatItCanBeRotatedAndPublishesAll() throws Exception {
        logIn(new JWKSet(List.of(RSA, EC)).toString(false));
        assertThat(assertion(0).getHeader().getKeyID()).isEqualTo("rsa-1");
        assertThat(published()).extracting(JWK::getKeyID).containsExactly("rsa-1", "ec-1");

        key.set(new JWKSet(List.of(EC, RSA)).toString(false));
        fhir.answers(request ->
                request.authorization().equals("Bearer token-1") ? new Answer(401, "") : new Answer(200, ADA));
        assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);

        assertThat(assertion(1).getHeader().getKeyID()).isEqualTo("ec-1");
        assertThat(assertion(1).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(assertion(0).getJWTClaimsSet().getJWTID());
    }

    @Test
    void publishesNothingPrivate() throws Exception {
        open(new JWKSet(List.of(RSA, EC)).toString(false), tokens.url("/token"));

        assertThat(published())
                .hasSize(2)
                .noneMatch(JWK::isPrivate)
                .allSatisfy(each -> assertThat(each.toJSONObject()).containsKeys("kid", "kty", "alg", "use"));
        assertThat(ehr.adapter().publicKeys().orElseThrow())
                .doesNotContain(RSA.getPrivateExponent().toString())
                .doesNotContain(EC.getD().toString());
        try (var other = new ScriptedEhr(null)) {
            assertThat(other.adapter().publicKeys()).isEmpty();
        }
    }

    @Test
    void triesOnceMoreWithANewTokenAndThenFailsHonestly() throws Exception {
        open(RSA.toJSONString(), tokens.url("/token"));
        fhir.answers(request -> new Answer(401, ""));

        assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.DENIED);

        assertThat(tokens.requests()).hasSize(2);
        assertThat(fhir.requests()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret", "{\"kty\":\"s3cret\"}", "{\"keys\":[]}", "-----BEGIN PRIVATE KEY-----\ns3cret\n"})
    void saysWithoutRepeatingItThatAKeyCannotBeUsed(String text) {
        open(text, tokens.url("/token"));

        var result = ehr.call(PatientTools.GET, PATIENT);

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.DENIED);
        assertThat(result.toString()).contains("key").doesNotContain("s3cret");
        assertThat(tokens.requests()).isEmpty();
        assertThat(ehr.adapter().probe(Duration.ofSeconds(5))).isInstanceOf(Health.Down.class);
    }

    @Test
    void usesNoKeyThatSmartDoesNotName() throws Exception {
        for (var weak : List.of(
                TestKeys.ec(Curve.P_256, "p256").toJSONString(),
                RSA.toPublicJWK().toJSONString(),
                TestKeys.pem("PRIVATE", EC.toPrivateKey()),
                TestKeys.pem("PRIVATE", EC.toPrivateKey())
                        + TestKeys.pem(
                                "PUBLIC", TestKeys.ec(Curve.P_384, "other").toPublicKey()))) {
            open(weak, tokens.url("/token"));

            assertThat(ScriptedEhr.code(ehr.call(PatientTools.GET, PATIENT))).isEqualTo(ErrorCode.DENIED);
        }
        assertThat(tokens.requests()).isEmpty();
    }

    @Test
    void findsTheLoginServerInTheSmartConfigurationOnce() throws Exception {
        open(RSA.toJSONString(), null);
        fhir.answers(request -> switch (request.target()) {
            case "/fhir/.well-known/smart-configuration" ->
                new Answer(200, "{\"token_endpoint\":\"" + fhir.url("/token") + "\"}")
                        .with("Content-Type", "application/json");
            case "/token" -> new Answer(200, "{\"access_token\":\"t\",\"expires_in\":0}");
            default -> new Answer(200, ADA);
        });

        assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);
        assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);

        assertThat(fhir.requests())
                .extracting(Request::target)
                .containsExactly(
                        "/fhir/.well-known/smart-configuration",
                        "/token",
                        "/fhir/Patient/p1",
                        "/token",
                        "/fhir/Patient/p1");
        var claims = SignedJWT.parse(form(fhir.requests().get(1)).get("client_assertion"))
                .getJWTClaimsSet();
        assertThat(claims.getAudience()).containsExactly(fhir.url("/token").toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"token_endpoint\":\"http://elsewhere.example/token\"}",
                "{\"token_endpoint\":\"https://ada@login.example/token\"}",
                "{\"token_endpoint\":\"ftp://login.example/token\"}",
                "{\"token_endpoint\":\"/token\"}",
                "{\"token_endpoint\":7}",
                "{}",
                "Ada",
                ""
            })
    void goesToNoLoginServerThatIsNotSafe(String configuration) {
        open(RSA.toJSONString(), null);
        fhir.answers(request -> new Answer(200, configuration).with("Content-Type", "application/json"));

        var result = ehr.call(PatientTools.GET, PATIENT);

        assertThat(ScriptedEhr.code(result)).isEqualTo(ErrorCode.EHR_UNAVAILABLE);
        assertThat(result.toString()).contains("token-url").doesNotContain("Ada", "example");
        assertThat(fhir.requests()).hasSize(1);
    }

    private void logIn(String text) {
        open(text, tokens.url("/token"));
        assertThat(ehr.call(PatientTools.GET, PATIENT)).isInstanceOf(ToolResult.Ok.class);
    }

    private void open(String text, @Nullable URI tokenUrl) {
        if (ehr != null) {
            ehr.adapter().close();
        }
        key.set(text);
        fhir.answers(request -> new Answer(200, ADA));
        var auth = Auth.signed(tokenUrl, "hub", Secret.from(key::get), null);
        ehr = new ScriptedEhr(fhir, base -> new FhirR4Config(base, auth, null, null, null));
    }

    private List<JWK> published() throws ParseException {
        return JWKSet.parse(ehr.adapter().publicKeys().orElseThrow()).getKeys();
    }

    private SignedJWT assertion(int request) throws ParseException {
        return SignedJWT.parse(form(tokens.requests().get(request)).get("client_assertion"));
    }

    private static Map<String, String> form(Request request) {
        return Arrays.stream(request.body().split("&"))
                .map(field -> field.split("=", 2))
                .collect(Collectors.toMap(
                        field -> field[0], field -> URLDecoder.decode(field[1], StandardCharsets.UTF_8)));
    }

    private static JWSVerifier verifier(JWK key) throws JOSEException {
        return key instanceof RSAKey rsa ? new RSASSAVerifier(rsa.toPublicJWK()) : new ECDSAVerifier(key.toECKey());
    }
}
