package org.ehrhub.server.mcp;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2AuthorizationGrantAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.www.BasicAuthenticationFilter;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import tools.jackson.databind.JsonNode;

/** A login server (Spring Authorization Server) with one confidential client, one public client and one clinician. */
public final class LoginServer implements AutoCloseable {
    static final String SCOPES = "ehrhub.read ehrhub.write ehrhub.act";

    private final ServletWebServerApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();
    final AtomicInteger keyReads = new AtomicInteger();
    volatile RSAKey key = newKey();
    volatile Map<String, Object> extraClaims = Map.of();

    /** Starts it. */
    public LoginServer() {
        context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(App.class)
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

    @SpringBootConfiguration(proxyBeanMethods = false)
    @ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
    @EnableWebSecurity
    static class App {
        @Bean
        SecurityFilterChain chain(HttpSecurity http, UserDetailsService users) {
            // Before the endpoint that sends people back with a code, as the page where they log in would be.
            var people = new BasicAuthenticationFilter(new ProviderManager(new DaoAuthenticationProvider(users)));
            return http.addFilterAfter(people, SecurityContextHolderFilter.class)
                    .oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
                    .authorizeHttpRequests(every -> every.anyRequest().authenticated())
                    .build();
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(User.withUsername("dr.abbott")
                    .password("{noop}steth0scope")
                    .roles("X")
                    .build());
        }

        @Bean
        RegisteredClientRepository clients() {
            var agent = RegisteredClient.withId("1")
                    .clientId("agent")
                    .clientSecret("{noop}secret-of-the-agent")
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                    .scopes(all -> all.addAll(List.of(SCOPES.split(" ", -1))))
                    .build();
            var desk = RegisteredClient.withId("2")
                    .clientId("desk")
                    .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .redirectUri("http://127.0.0.1:9/callback")
                    .scopes(all -> all.addAll(List.of(("openid " + SCOPES).split(" ", -1))))
                    .clientSettings(
                            ClientSettings.builder().requireProofKey(true).build())
                    .build();
            return new InMemoryRegisteredClientRepository(agent, desk);
        }

        @Bean
        JWKSource<SecurityContext> keys(LoginServer server) {
            return (selector, context) -> selector.select(new JWKSet(server.key));
        }

        /** Without a servlet there, Tomcat answers 404 before any filter. */
        @Bean
        ServletRegistrationBean<HttpServlet> ground() {
            return new ServletRegistrationBean<>(
                    new HttpServlet() {
                        private static final long serialVersionUID = 1L;
                    },
                    "/");
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        /** Puts the resource that was asked for into the token (RFC 8707), which this server leaves to its users. */
        @Bean
        OAuth2TokenCustomizer<JwtEncodingContext> claims(LoginServer server) {
            return token -> {
                if (token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)
                        && token.getAuthorizationGrant() instanceof OAuth2AuthorizationGrantAuthenticationToken grant) {
                    var resource = grant.getAdditionalParameters().get("resource");
                    if (resource != null) {
                        token.getClaims().audience(List.of(resource.toString()));
                    }
                    token.getClaims()
                            .claim("client_id", token.getRegisteredClient().getClientId());
                    server.extraClaims.forEach(
                            (name, value) -> token.getClaims().claim(name, value));
                }
            };
        }

        @Bean
        Filter keyReads(LoginServer server) {
            return (request, response, chain) -> {
                if (((HttpServletRequest) request).getRequestURI().endsWith("/oauth2/jwks")) {
                    server.keyReads.incrementAndGet();
                }
                chain.doFilter(request, response);
            };
        }
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
