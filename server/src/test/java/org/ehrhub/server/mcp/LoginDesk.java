package org.ehrhub.server.mcp;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.ehrhub.server.config.LoginSettings;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.ehrhub.server.config.LoginSettings.Introspection;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.server.config.LoginSettings.PatientClaim;
import org.ehrhub.server.config.LoginSettings.RequiredScopes;
import org.ehrhub.server.config.LoginSettings.RoleClaim;
import org.ehrhub.server.login.TokenLogin;
import org.ehrhub.tools.Caller;
import org.jspecify.annotations.Nullable;

/** A hub with login, and how clients talk with it. Its address as clients know it is not where it listens, as behind a proxy. */
final class LoginDesk implements AutoCloseable {
    static final String RESOURCE = "https://hub.example/mcp";
    static final Duration SKEW = Duration.ofSeconds(5);
    static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";
    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25",\
            "capabilities":{},"clientInfo":{"name":"test","version":"1"}}}""";

    final FakeHub hub = new FakeHub();
    final RunningHub server;

    LoginDesk(McpSettings settings, Dpop dpop, LoginServer... issuers) {
        this(settings, Stream.of(issuers).map(one -> issuer(one, dpop, null)).toList());
    }

    /** A hub that asks the issuer whether tokens still hold. */
    LoginDesk(LoginServer issuer, Introspection introspection) {
        this(McpSettings.standard("1.2.3"), List.of(issuer(issuer, Dpop.OPTIONAL, introspection)));
    }

    private LoginDesk(McpSettings settings, List<Issuer> trusted) {
        var scopes = new RequiredScopes(Set.of(), Set.of("ehrhub.read"), Set.of("ehrhub.write"), Set.of("ehrhub.act"));
        var login = new LoginSettings(URI.create(RESOURCE), trusted, scopes);
        server = new RunningHub(
                hub, settings, new TokenLogin(login, new Caller("os:test", Set.of("local")), Clock.systemUTC()));
    }

    LoginDesk(LoginServer... issuers) {
        this(McpSettings.standard("1.2.3"), Dpop.OPTIONAL, issuers);
    }

    private static Issuer issuer(LoginServer server, Dpop dpop, @Nullable Introspection introspection) {
        return new Issuer(
                URI.create(server.issuer()),
                null,
                Set.of("RS256"),
                SKEW,
                new RoleClaim("realm_access.roles", "hub-", Set.of("nurse", "doctor")),
                dpop,
                new PatientClaim("patient", "stmarys", true),
                "purpose_of_use",
                introspection);
    }

    static String call(String tool) {
        return "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"" + tool
                + "\",\"arguments\":{}}}";
    }

    HttpRequest.Builder request(String body, String token) {
        return server.post(body).header("Authorization", "Bearer " + token);
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return server.send(request);
    }

    HttpResponse<String> send(String body, String token) throws IOException, InterruptedException {
        return send(request(body, token));
    }

    HttpResponse<String> send(String body, String token, String session) throws IOException, InterruptedException {
        return send(request(body, token).header("Mcp-Session-Id", session));
    }

    /** Opens a session and gives its id. */
    String session(String token) throws IOException, InterruptedException {
        return send(INITIALIZE, token).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path)));
    }

    static List<String> challenges(HttpResponse<String> answer) {
        return answer.headers().allValues("WWW-Authenticate");
    }

    @Override
    public void close() {
        server.close();
    }
}
