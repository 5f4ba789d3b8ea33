package org.ehrhub.medplum.client;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ehrhub.adapters.Secret;
import org.ehrhub.fhir.Auth;
import org.ehrhub.medplum.MedplumEhr;
import org.ehrhub.medplum.MedplumLogin;
import org.ehrhub.medplum.TestSettings;
import org.ehrhub.medplum.stub.MedplumStub;
import org.ehrhub.tools.patients.PatientGet;
import org.ehrhub.tools.patients.PatientTools;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/**
 * Pitfall 14: whatever the hub logs in with, and whatever the server says back, no line of the log and no answer holds it: the
 * secret, the key, the assertion that is made of it, the token that is given for it.
 */
class LoginSecretsIT {
    private static final Logger ROOT = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private static final Pattern SENT = Pattern.compile("(?:client_secret|client_assertion)=([^&]+)");
    private static final Pattern GIVEN = Pattern.compile("\"(?:access_token|id_token)\":\"([^\"]+)\"");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final MedplumStub stub = MedplumStub.start();
    private final String patient = stub.clinic().patient("Secret", "Sue");
    private final List<String> secrets = new CopyOnWriteArrayList<>();
    private final List<Object> answers = new ArrayList<>();

    enum Way {
        FORM,
        HEADER,
        BASIC,
        SIGNED,
        BEARER;

        MedplumLogin login(MedplumStub stub, ECKey key) {
            var id = stub.client().id();
            var secret = Secret.from(stub.client()::secret);
            return switch (this) {
                case FORM -> MedplumLogin.client(id, secret);
                case HEADER -> new MedplumLogin(null, id, secret, Auth.SecretIn.HEADER, null, null, null);
                case BASIC -> MedplumLogin.basic(id, secret);
                case SIGNED -> MedplumLogin.signed(id, Secret.from(key::toJSONString));
                case BEARER -> MedplumLogin.bearer(secret);
            };
        }
    }

    @BeforeEach
    void listen() {
        log.start();
        ROOT.addAppender(log);
    }

    @AfterEach
    void close() {
        ROOT.detachAppender(log);
        stub.close();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void isInNoLineAndNoAnswer(Way way) throws Exception {
        var key = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
        try (var ehr = TestSettings.of(stub.base(), way.login(stub, key)).ehr()) {
            everything(ehr);
            stub.logins().revokeAll();
            everything(ehr);
            stub.loseAnswers(asked -> asked.path().equals("/oauth2/token"));
            stub.logins().revokeAll();
            everything(ehr);
        }
        stub.heard("POST /oauth2/token").forEach(heard -> keep(heard.asked().text(), heard.answer()));

        nothingIsTold(key);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void isNotEvenWhereTheServerSaysItBack(Way way) throws Exception {
        var key = new ECKeyGenerator(Curve.P_384).keyID("k1").generate();
        for (int status : new int[] {200, 400, 401, 403, 429, 500}) {
            var echo = echo(status);
            var base = URI.create("http://127.0.0.1:" + echo.getAddress().getPort());
            try (var ehr = TestSettings.of(base, way.login(stub, key)).ehr()) {
                everything(ehr);
            } finally {
                echo.stop(0);
            }
        }

        nothingIsTold(key);
    }

    private void nothingIsTold(ECKey key) {
        var client = stub.client();
        secrets.add(client.secret());
        secrets.add(Base64.getEncoder()
                .encodeToString((client.id() + ":" + client.secret()).getBytes(StandardCharsets.UTF_8)));
        secrets.add(key.getD().toString());
        secrets.add("t0ken-");

        assertThat(logged()).doesNotContain(secrets);
        assertThat(answers.toString()).doesNotContain(secrets);
    }

    private void everything(MedplumEhr ehr) {
        answers.add(ehr.adapter().probe(Duration.ofSeconds(5)));
        answers.add(ehr.call(PatientTools.GET, new PatientGet(MedplumEhr.ref(patient))));
        answers.add(ehr.adapter().handlers().withheld());
    }

    private void keep(String sent, String given) {
        Stream.of(SENT.matcher(sent), GIVEN.matcher(given)).forEach(matcher -> {
            while (matcher.find()) {
                secrets.add(matcher.group(1));
            }
        });
    }

    /** Answers everything with what it was asked, and a token at each place where one may stand. */
    private HttpServer echo(int status) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> say(exchange, status));
        server.start();
        return server;
    }

    private void say(HttpExchange exchange, int status) throws IOException {
        try (exchange) {
            var asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var words = (asked + exchange.getRequestHeaders().get("Authorization")).replace("\"", "");
            keep(asked, "");
            var body = """
                    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"login",
                     "diagnostics":"%1$s","details":{"text":"%1$s"}}],
                     "error":"invalid_request","error_description":"%1$s","access_token":"t0ken-%1$s"}""".formatted(words).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private String logged() {
        return String.join(
                "\n",
                List.copyOf(log.list).stream()
                        .map(event -> event.getFormattedMessage()
                                + event.getKeyValuePairs()
                                + event.getMDCPropertyMap()
                                + ThrowableProxyUtil.asString(event.getThrowableProxy()))
                        .toList());
    }
}
