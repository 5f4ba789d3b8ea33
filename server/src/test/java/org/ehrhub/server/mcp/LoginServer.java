package org.ehrhub.server.mcp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import tools.jackson.databind.JsonNode;

/** A login server (Spring Authorization Server) with one confidential client, one public client and one clinician. */
public final class LoginServer implements AutoCloseable {
    static final String SCOPES = "ehrhub.read ehrhub.write ehrhub.act";

    private final ServletWebServerApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    final AtomicInteger keyReads = new AtomicInteger();
    volatile RSAKey key = newKey();
    volatile Map<String, Object> extraClaims = Map.of();
    volatile Map<String, Object> idClaims = Map.of();

    /** Starts it. */
    public LoginServer() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(LoginServerApp.class)
                .web(WebApplicationType.SERVLET)
                .properties(Map.of(
                        "server.port", "0",
                        "server.address", "127.0.0.1",
                        "spring.main.banner-mode", "off",
                        "spring.main.register-shutdown-hook", "false",
                        "logging.level.root", "WARN"))
                .initializers((GenericApplicationContext before) -> before.registerBean(LoginServer.class, () -> this))
                .run();
    }

    static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Its address. */
    public String issuer() {
        return "http://127.0.0.1:" + context.getWebServer().getPort();
    }

    /** A token for the agent itself. */
    public String clientToken(String scope, String resource) throws IOException, InterruptedException {
        return clientToken(scope, resource, Map.of());
    }

    String clientToken(String scope, String resource, Map<String, String> headers)
            throws IOException, InterruptedException {
        var basic = Base64.getEncoder().encodeToString("agent:secret-of-the-agent".getBytes(StandardCharsets.UTF_8));
        var request =
                form("/oauth2/token", Map.of("grant_type", "client_credentials", "scope", scope, "resource", resource));
        request.header("Authorization", "Basic " + basic);
        headers.forEach(request::header);
        return json(request).path("access_token").asString();
    }

    /** Takes back a token of the agent (RFC 7009). */
    void revoke(String token) throws IOException, InterruptedException {
        var basic = Base64.getEncoder().encodeToString("agent:secret-of-the-agent".getBytes(StandardCharsets.UTF_8));
        var request = form("/oauth2/revoke", Map.of("token", token)).header("Authorization", "Basic " + basic);
        var answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The login server answered " + answer.statusCode());
        }
    }

    /** The tokens of the clinician at the desk: authorization code with PKCE. */
    public JsonNode userTokens(String scope, String resource) throws IOException, InterruptedException {
        var verifier = "a-verifier-of-the-proof-key-that-is-long-enough-1234567890";
        var basic = Base64.getEncoder().encodeToString("dr.abbott:steth0scope".getBytes(StandardCharsets.UTF_8));
        var asked = parameters(Map.of(
                "response_type", "code",
                "client_id", "desk",
                "redirect_uri", "http://127.0.0.1:9/callback",
                "scope", scope,
                "state", "s",
                "code_challenge", sha256(verifier),
                "code_challenge_method", "S256"));
        var authorize = HttpRequest.newBuilder(URI.create(issuer() + "/oauth2/authorize?" + asked))
                .header("Authorization", "Basic " + basic)
                .build();
        var answer = http.send(authorize, BodyHandlers.ofString());
        var location = answer.headers().firstValue("Location").orElseThrow();
        if (!location.contains("code=")) {
            throw new IllegalStateException("The login server sent the clinician to " + location);
        }
        var code = location.replaceAll(".*[?&]code=([^&]+).*", "$1");
        return json(form(
                "/oauth2/token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "client_id",
                        "desk",
                        "code",
                        code,
                        "redirect_uri",
                        "http://127.0.0.1:9/callback",
                        "code_verifier",
                        verifier,
                        "resource",
                        resource)));
    }

    /** Where a person's browser is sent back to, who logs in here. */
    URI sentBack(URI authorize, String person) throws IOException, InterruptedException {
        var basic = Base64.getEncoder().encodeToString((person + ":steth0scope").getBytes(StandardCharsets.UTF_8));
        var request = HttpRequest.newBuilder(authorize)
                .header("Authorization", "Basic " + basic)
                .build();
        return URI.create(http.send(request, BodyHandlers.ofString())
                .headers()
                .firstValue("Location")
                .orElseThrow());
    }

    /** What this server's key can sign but the server itself never would. */
    String signed(JWSHeader.Builder header, JWTClaimsSet claims) {
        try {
            var token = new SignedJWT(header.keyID(key.getKeyID()).build(), claims);
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    static String sha256(String text) {
        try {
            var digest =
                    java.security.MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder form(String path, Map<String, String> parameters) {
        return HttpRequest.newBuilder(URI.create(issuer() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(parameters(parameters)));
    }

    private static String parameters(Map<String, String> values) {
        return values.entrySet().stream()
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private JsonNode json(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("The login server answered " + answer.statusCode() + " " + answer.body());
        }
        return FakeHub.JSON.readTree(answer.body());
    }

    @Override
    public void close() {
        http.shutdownNow();
        if (context != null) {
            context.close();
        }
    }
}
