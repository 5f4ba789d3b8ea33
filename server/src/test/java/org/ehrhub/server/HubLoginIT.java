package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.ehrhub.server.config.Configuration;
import org.ehrhub.server.mcp.SocketClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The whole hub in this process with a login and https, from its configuration file. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubLoginIT {
    private static final char[] PASSWORD = "changeit".toCharArray();

    private StartingHub hub;
    private WebServer web;
    private Path socket;
    private SSLContext trusting;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        var store = certificate(folder);
        trusting = SSLContext.getInstance("TLS");
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        trusting.init(null, trust.getTrustManagers(), null);
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                server: {port: 0, tls: {certificate: hub.pem, key: hub.key}}
                login:
                  resource: https://hub.example/mcp
                  issuers: [{issuer: "https://login.example"}]
                """);
        var configuration = Configuration.load(folder.resolve("ehr-hub.yaml"));
        var settings = configuration.settings();
        var directory = DataDirectory.own(settings.dataDir()).orElseThrow();
        socket = DataDirectory.socket(directory.path());
        hub = StartingHub.of(configuration, directory);
        web = WebServer.start(
                settings.server(),
                hub,
                settings.mcp("test", socket),
                HubCallers.of(settings),
                HubCallers.approvers(settings));
        hub.await();
    }

    @AfterAll
    void stop() {
        web.close();
        hub.close();
    }

    private static KeyStore certificate(Path folder) throws Exception {
        var file = folder.resolve("hub.p12");
        var keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "hub",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=hub.example",
                        "-ext",
                        "san=ip:127.0.0.1,dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        new String(PASSWORD),
                        "-keystore",
                        file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var store = KeyStore.getInstance(file.toFile(), PASSWORD);
        pem(
                folder.resolve("hub.pem"),
                "CERTIFICATE",
                store.getCertificate("hub").getEncoded());
        pem(
                folder.resolve("hub.key"),
                "PRIVATE KEY",
                store.getKey("hub", PASSWORD).getEncoded());
        return store;
    }

    private static void pem(Path file, String what, byte[] content) throws IOException {
        var body = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(content);
        Files.writeString(file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
    }

    @Test
    void everyRequestToMcpNeedsATokenAlsoFromThisMachine() throws Exception {
        for (var method : new String[] {"GET", "POST", "DELETE"}) {
            var answer = send("https", "/mcp", method, "TLSv1.3");
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .isEqualTo(
                            "Bearer resource_metadata=\"https://hub.example/.well-known/oauth-protected-resource/mcp\"");
        }
    }

    @Test
    void whatClientsNeedBeforehandIsThere() throws Exception {
        assertThat(send("https", "/actuator/health", "GET", "TLSv1.2").statusCode())
                .isEqualTo(200);
        assertThat(send("https", "/.well-known/oauth-protected-resource/mcp", "GET", "TLSv1.2")
                        .body())
                .contains("\"resource\":\"https://hub.example/mcp\"", "https://login.example");
    }

    @Test
    void nothingIsServedInTheClear() throws Exception {
        assertThat(send("http", "/mcp", "GET", "TLSv1.3").statusCode()).isEqualTo(400);
        assertThatThrownBy(() -> send("https", "/mcp", "GET", "TLSv1.1")).isInstanceOf(Exception.class);
    }

    @Test
    void theOperatingSystemUserStillComesInByTheLocalSocket() throws Exception {
        var answer = new SocketClient(socket, "test", Duration.ofSeconds(30))
                .call("ehr.list", JsonMapper.shared().createObjectNode())
                .orElseThrow();
        assertThat(answer.text()).doesNotContain("token");
    }

    private HttpResponse<String> send(String scheme, String path, String method, String tls) throws Exception {
        var parameters = new SSLParameters();
        parameters.setProtocols(new String[] {tls});
        try (var client = HttpClient.newBuilder()
                .sslContext(trusting)
                .sslParameters(parameters)
                .build()) {
            var request = HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + web.port() + path))
                    .method(method, HttpRequest.BodyPublishers.noBody())
                    .build();
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
