package org.ehrhub.server.login;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.ehrhub.server.config.LoginSettings.Issuer;
import org.ehrhub.server.config.LoginSettings.PatientClaim;
import org.ehrhub.server.config.LoginSettings.RoleClaim;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IssuerDocumentsIT {
    private HttpServer issuer;
    private String address;

    @BeforeEach
    void start() throws IOException {
        issuer = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        issuer.start();
        address = "http://127.0.0.1:" + issuer.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    private IssuerDocuments naming(String introspection) {
        var metadata = "{\"issuer\":\"%s\",\"introspection_endpoint\":\"%s\"}".formatted(address, introspection);
        issuer.createContext("/.well-known/oauth-authorization-server", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().write(metadata.getBytes(UTF_8));
            }
        });
        return new IssuerDocuments(new Issuer(
                URI.create(address),
                null,
                Set.of(),
                Duration.ofSeconds(30),
                new RoleClaim("roles", null, Set.of()),
                Dpop.OPTIONAL,
                new PatientClaim("patient", "stmarys", true),
                null,
                null));
    }

    @Test
    void anIssuerOnThisMachineMayNameItsOwnAddressesWithoutHttps() throws Exception {
        assertThat(naming(address + "/introspect").endpoint("introspection_endpoint"))
                .isEqualTo(URI.create(address + "/introspect"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://elsewhere.example/introspect", "ftp://127.0.0.1/introspect", "nonsense", ""})
    void nothingIsSentWithoutHttpsToAnotherMachine(String named) {
        var documents = naming(named);
        assertThatThrownBy(() -> documents.endpoint("introspection_endpoint"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no https address");
    }
}
