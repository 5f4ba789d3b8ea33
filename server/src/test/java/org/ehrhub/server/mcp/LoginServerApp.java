package org.ehrhub.server.mcp;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.dao.DaoAuthenticationProvider;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
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

/** The parts of a {@link LoginServer}: its clients, its people and what it puts into tokens. */
@SpringBootConfiguration(proxyBeanMethods = false)
@ImportAutoConfiguration(TomcatServletWebServerAutoConfiguration.class)
@EnableWebSecurity
class LoginServerApp {
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
        return new InMemoryUserDetailsManager(user("dr.abbott"), user("dr.baker"));
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password("{noop}steth0scope").roles("X").build();
    }

    @Bean
    RegisteredClientRepository clients() {
        var agent = RegisteredClient.withId("1")
                .clientId("agent")
                .clientSecret("{noop}secret-of-the-agent")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .scopes(all -> all.addAll(List.of(LoginServer.SCOPES.split(" ", -1))))
                .build();
        var desk = RegisteredClient.withId("2")
                .clientId("desk")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://127.0.0.1:9/callback")
                .scopes(all -> all.addAll(List.of(("openid " + LoginServer.SCOPES).split(" ", -1))))
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
        var console = RegisteredClient.withId("3")
                .clientId("console")
                .clientSecret("{noop}secret of the console")
                .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUri("http://localhost:9/approvals/callback")
                .scope("openid")
                .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                .build();
        return new InMemoryRegisteredClientRepository(agent, desk, console);
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
            if (token.getTokenType().getValue().equals("id_token")) {
                server.idClaims.forEach((name, value) -> token.getClaims().claim(name, value));
            }
            if (token.getTokenType().equals(OAuth2TokenType.ACCESS_TOKEN)
                    && token.getAuthorizationGrant() instanceof OAuth2AuthorizationGrantAuthenticationToken grant) {
                var resource = grant.getAdditionalParameters().get("resource");
                if (resource != null) {
                    token.getClaims().audience(List.of(resource.toString()));
                }
                token.getClaims().claim("client_id", token.getRegisteredClient().getClientId());
                server.extraClaims.forEach((name, value) -> token.getClaims().claim(name, value));
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
