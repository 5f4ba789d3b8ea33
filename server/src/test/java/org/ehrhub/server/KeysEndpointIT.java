package org.ehrhub.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import org.ehrhub.server.config.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/** The public keys that the hub publishes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeysEndpointIT {
    private Path key;
    private StartingHub hub;
    private WebServer web;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        key = folder.resolve("key.pem");
        rotate();
        Files.writeString(folder.resolve("ehr-hub.yaml"), """
                data-dir: data
                ehrs:
                  signed:
                    type: fhir-r4
                    base-url: https://ehr.invalid/fhir
                    auth: {kind: private-key-jwt, client-id: hub, private-key: "file:key.pem"}
                  open:
                    type: fhir-r4
                    base-url: https://ehr.invalid/fhir
                """);
        var configuration = Configuration.load(folder.resolve("ehr-hub.yaml"));
        var settings = configuration.settings().onPort(0);
        var directory = DataDirectory.own(settings.dataDir()).orElseThrow();
        hub = StartingHub.of(configuration, directory);
        web = WebServer.start(
                settings.server(),
                hub,
                settings.mcp("test", DataDirectory.socket(directory.path())),
                settings.caller().callers(),
                HubCallers.approvers(settings));
        hub.await();
    }

    @AfterAll
    void stop() {
        web.close();
        hub.close();
    }

    @Test
    void publishesTheKeysOfAnEhrAsTheyAreNow() throws Exception {
        var before = get("/ehrs/signed/jwks.json");
        rotate();
        var after = get("/ehrs/signed/jwks.json");

        assertThat(before.statusCode()).isEqualTo(200);
        assertThat(before.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
        var published = new JsonMapper().readTree(before.body()).path("keys");
        assertThat(published).hasSize(1);
        assertThat(published.get(0).propertyNames()).containsExactlyInAnyOrder("kty", "e", "use", "kid", "alg", "n");
        assertThat(after.body()).isNotEqualTo(before.body());
    }

    @Test
    void hasNothingElseThere() throws Exception {
        for (var path : new String[] {
            "/ehrs/open/jwks.json", "/ehrs/nobody/jwks.json", "/ehrs/signed", "/ehrs/signed/key.pem", "/ehrs/"
        }) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
        assertThat(send(HttpRequest.newBuilder(at("/ehrs/signed/jwks.json"))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .build())
                        .statusCode())
                .isEqualTo(405);
    }

    private void rotate() throws IOException, GeneralSecurityException {
        var pair = KeyPairGenerator.getInstance("RSA").generateKeyPair();
        var text = Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded());
        Files.writeString(key, "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n");
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + web.port() + path);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(at(path)).build());
    }

    private static HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request, BodyHandlers.ofString());
        }
    }
}
