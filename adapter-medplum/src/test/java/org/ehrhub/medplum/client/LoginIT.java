package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.MedplumLogin;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.ErrorCode;
import org.ehrhub.tools.ToolResult;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pitfall 7, in part: token errors are 400, there is no refresh, and 160 token calls a minute are all there are. */
class LoginIT {
    private final MedplumStub stub = MedplumStub.start();
    private final String patient = stub.clinic().patient("Login", "Lou");

    @AfterEach
    void close() {
        stub.close();
    }

    @Test
    void fetchesOneTokenWithItsSecretInTheForm() {
        try (var ehr = MedplumEhr.as(stub.client(), stub.base())) {
            for (int calls = 0; calls < 20; calls++) {
                assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
            }

            assertThat(stub.logins().tokenCalls()).isEqualTo(1);
            assertThat(stub.heard("POST /oauth2/token").getFirst().asked().header("Authorization"))
                    .isEmpty();
        }
    }

    @Test
    void fetchesATokenWithItsSecretInTheHeader() {
        var client = stub.client();
        var login = new MedplumLogin(
                null, client.id(), Secret.from(client::secret), Auth.SecretIn.HEADER, null, null, null);

        try (var ehr = TestSettings.of(stub.base(), login).ehr()) {
            assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
            assertThat(stub.heard("POST /oauth2/token").getFirst().asked().header("Authorization"))
                    .hasValueSatisfying(header -> assertThat(header).startsWith("Basic "));
        }
    }

    @Test
    void sendsIdAndSecretWithEachRequest() {
        var login = MedplumLogin.basic(stub.client().id(), Secret.from(stub.client()::secret));

        try (var ehr = TestSettings.of(stub.base(), login).ehr()) {
            assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
            assertThat(stub.logins().tokenCalls()).isZero();
        }
    }

    @Test
    void signsAnAssertionForTheTokenEndpointAndPublishesItsKey() throws Exception {
        var key = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
        var login = MedplumLogin.signed(stub.client().id(), Secret.from(key::toJSONString));

        try (var ehr = TestSettings.of(stub.base(), login).ehr()) {
            var published = publish(ehr.adapter().publicKeys().orElseThrow());

            assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
            assertThat(JWKSet.parse(ehr.adapter().publicKeys().orElseThrow()).getKeys())
                    .allMatch(one -> !one.isPrivate());
            published.stop(0);
        }
    }

    @Test
    void signsForTheAddressThatTheServerCallsItsOwn() throws Exception {
        var own = URI.create("https://medplum.example/inside/");
        try (var behind = MedplumStub.publishedAs(own)) {
            var key = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
            var login = MedplumLogin.signed(behind.client().id(), Secret.from(key::toJSONString));
            try (var known =
                            TestSettings.of(behind.base(), login).publicUrl(own).ehr();
                    var unknown = TestSettings.of(behind.base(), login).ehr()) {
                var published = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
                serve(published, known.adapter().publicKeys().orElseThrow());
                behind.project()
                        .jwks(
                                behind.client(),
                                URI.create("http://127.0.0.1:"
                                        + published.getAddress().getPort()));
                var record = behind.clinic().patient("Login", "Lou");

                assertThat(get(known, record)).isInstanceOf(ToolResult.Ok.class);
                assertThat(MedplumEhr.code(get(unknown, record))).isEqualTo(ErrorCode.DENIED);
                published.stop(0);
            }
        }
    }

    @Test
    void fetchesANewTokenOnceWhereTheOldOneIsRefused() {
        try (var ehr = MedplumEhr.as(stub.client(), stub.base())) {
            get(ehr);
            stub.logins().revokeAll();

            assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
            assertThat(stub.logins().tokenCalls()).isEqualTo(2);
        }
    }

    @Test
    void survivesTokensThatLastThreeSeconds() {
        stub.project().lifetime(stub.client(), Duration.ofSeconds(3));
        try (var ehr = MedplumEhr.as(stub.client(), stub.base())) {
            get(ehr);
            stub.pass(Duration.ofSeconds(4));

            assertThat(get(ehr)).isInstanceOf(ToolResult.Ok.class);
        }
    }

    @Test
    void isNotRefusedInAStorm() {
        var login = MedplumLogin.client(stub.client().id(), Secret.from(() -> "wrong-s3cret"));
        try (var ehr = TestSettings.of(stub.base(), login).ehr()) {
            for (int calls = 0; calls < 60; calls++) {
                var result = get(ehr);
                assertThat(MedplumEhr.code(result)).isEqualTo(ErrorCode.DENIED);
                assertThat(result.toString()).doesNotContain("s3cret").doesNotContain("Invalid secret");
            }

            assertThat(stub.heard("POST /oauth2/token")).hasSizeBetween(1, 5);
        }
    }

    @Test
    void saysWhenTheLoginServerGetsTooManyCalls() {
        stub.limits().tokenCalls(0);
        try (var ehr = MedplumEhr.as(stub.client(), stub.base())) {
            assertThat(MedplumEhr.code(get(ehr))).isEqualTo(ErrorCode.RATE_LIMITED);
        }
    }

    private ToolResult<?> get(MedplumEhr ehr) {
        return get(ehr, patient);
    }

    private static ToolResult<?> get(MedplumEhr ehr, String record) {
        return ehr.call(PatientTools.GET, new PatientGet(MedplumEhr.ref(record)));
    }

    private HttpServer publish(String keys) throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve(server, keys);
        stub.project()
                .jwks(
                        stub.client(),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"));
        return server;
    }

    private static void serve(HttpServer server, String keys) {
        server.createContext("/", exchange -> {
            var body = keys.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }
}
