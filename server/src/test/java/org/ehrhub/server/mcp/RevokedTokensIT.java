package org.ehrhub.server.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.ehrhub.adapters.Secret;
import org.ehrhub.server.config.LoginSettings.Introspection;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tokens that a real authorization server takes back while they are in use, over the wire. */
class RevokedTokensIT {
    private static LoginServer issuer;
    private static LoginDesk desk;

    @BeforeAll
    static void start() {
        issuer = new LoginServer();
        desk = new LoginDesk(issuer, asking("secret-of-the-agent", Duration.ZERO));
    }

    @AfterAll
    static void stop() {
        desk.close();
        issuer.close();
    }

    private static Introspection asking(String secret, Duration every) {
        return new Introspection("agent", Secret.from(() -> secret), every);
    }

    private static CompletableFuture<HttpResponse<Stream<String>>> stream(LoginDesk at, String token, String session) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.server.port() + "/mcp"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .header("Mcp-Session-Id", session)
                .build();
        return at.server.http.sendAsync(request, BodyHandlers.ofLines());
    }

    /** Waits until the stream ends; its lines are comments and blanks alone. */
    private static void awaitEnd(HttpResponse<Stream<String>> stream) throws Exception {
        CompletableFuture.supplyAsync(() -> stream.body().count()).get(10, TimeUnit.SECONDS);
    }

    @Test
    void theNextCallOfATokenThatWasTakenBackIsRefusedAndItsStreamEnds() throws Exception {
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var session = desk.session(token);
        var stream = stream(desk, token, session).get(10, TimeUnit.SECONDS);
        assertThat(stream.statusCode()).isEqualTo(200);
        assertThat(desk.send(LoginDesk.LIST, token, session).statusCode()).isEqualTo(200);

        issuer.revoke(token);
        var refused = desk.send(LoginDesk.LIST, token, session);

        assertThat(refused.statusCode()).isEqualTo(401);
        assertThat(LoginDesk.challenges(refused)).singleElement().asString().contains("error=\"invalid_token\"");
        awaitEnd(stream);
        var other = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        assertThat(desk.send(LoginDesk.LIST, other, session).statusCode()).isEqualTo(200);
    }

    @Test
    void aStreamOfATokenThatIsNotTakenBackGoesOn() throws Exception {
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var held = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        var stream = stream(desk, token, desk.session(token)).get(10, TimeUnit.SECONDS);
        var goesOn = stream(desk, held, desk.session(held)).get(10, TimeUnit.SECONDS);
        var end = CompletableFuture.supplyAsync(() -> goesOn.body().count());

        issuer.revoke(token);
        awaitEnd(stream);

        assertThat(end).isNotDone();
        issuer.revoke(held);
        end.get(10, TimeUnit.SECONDS);
    }

    @Test
    void whereTheIssuerCannotBeAskedNobodyIsLetInAndStreamsEnd() throws Exception {
        var gone = new LoginServer();
        try (var hub = new LoginDesk(gone, asking("secret-of-the-agent", Duration.ofSeconds(1)))) {
            var token = gone.clientToken("ehrhub.read", LoginDesk.RESOURCE);
            var session = hub.session(token);
            var stream = stream(hub, token, session).get(10, TimeUnit.SECONDS);
            gone.close();
            awaitEnd(stream);

            var refused = hub.send(LoginDesk.LIST, token, session);

            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body())
                    .contains("cannot be asked about the token")
                    .doesNotContain(gone.issuer(), "Exception");
        }
    }

    @Test
    void aHubWhoseSecretIsWrongLetsNobodyIn() throws Exception {
        try (var hub = new LoginDesk(issuer, asking("not-the-secret", Duration.ZERO))) {
            var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
            assertThat(hub.send(LoginDesk.INITIALIZE, token).statusCode()).isEqualTo(503);
        }
    }

    @Test
    void neitherTheTokenNorTheSecretIsLogged() throws Exception {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var heard = new ListAppender<ILoggingEvent>();
        var before = root.getLevel();
        heard.start();
        var token = issuer.clientToken("ehrhub.read", LoginDesk.RESOURCE);
        root.addAppender(heard);
        root.setLevel(Level.DEBUG);
        try {
            assertThat(desk.send(LoginDesk.INITIALIZE, token).statusCode()).isEqualTo(200);
        } finally {
            root.setLevel(before);
            root.detachAppender(heard);
        }
        var hub = List.copyOf(heard.list).stream().map(ILoggingEvent::getFormattedMessage);
        assertThat(hub)
                .noneMatch(words -> words.contains(token.substring(token.indexOf('.') + 1, token.indexOf('.') + 40)))
                .noneMatch(words -> words.contains("secret-of-the-agent"));
    }
}
