package org.ehrhub.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ehrhub.server.config.LoginSettings.Dpop;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoginConfigurationTest {
    private static final String LOGIN =
            "login: {resource: \"https://hub.example/mcp\", issuers: [{issuer: \"https://login.example\"}]}\n";

    private static final Map<String, String> NAMES = Map.of("HUB_SECRET", "secret of the hub");

    @TempDir
    Path folder;

    @Test
    void readsWhoMayLogIn() {
        var login = load("""
                login:
                  resource: https://hub.example/mcp
                  issuers:
                    - issuer: https://login.example/realms/hospital
                      algorithms: [PS256]
                      clock-skew: 10s
                      roles: {claim: realm_access.roles, prefix: "hub-", may-give: [nurse]}
                      dpop: required
                      patient: {ehr: river, fhir-user: true}
                      purpose-claim: purpose_of_use
                      introspection: {client-id: ehr-hub, client-secret: "env:HUB_SECRET", every: 10s}
                  scopes: {always: [ehrhub], reads: [ehrhub.read], writes: [ehrhub.write], high-impact: [ehrhub.act]}
                ehrs: {river: {type: paper, base-url: "https://ehr.example"}}
                """).login();

        var issuer = login.issuers().getFirst();
        assertThat(issuer.algorithms()).containsExactly("PS256");
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(10));
        assertThat(issuer.roles().mayGive()).containsExactly("nurse");
        assertThat(issuer.dpop()).isEqualTo(Dpop.REQUIRED);
        assertThat(issuer.introspection().clientId()).isEqualTo("ehr-hub");
        assertThat(issuer.introspection().clientSecret().reveal()).isEqualTo("secret of the hub");
        assertThat(issuer.introspection().every()).isEqualTo(Duration.ofSeconds(10));
        assertThat(issuer.patient().claim()).isEqualTo("patient");
        assertThat(login.scopes().highImpact()).containsExactly("ehrhub.act");
    }

    @Test
    void takesTheDefaultsOfAnIssuer() {
        var issuer = load(LOGIN).login().issuers().getFirst();

        assertThat(issuer.algorithms()).containsExactlyInAnyOrder("RS256", "ES256");
        assertThat(issuer.clockSkew()).isEqualTo(Duration.ofSeconds(30));
        assertThat(issuer.dpop()).isEqualTo(Dpop.OPTIONAL);
        assertThat(issuer.roles().claim()).isEqualTo("roles");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "resource: http://hub.example/mcp | 2: login.resource: must be the https address",
                "resource: https://hub.example/mcp#x | 2: login.resource: must be the https address",
                "resource: https://me@hub.example/mcp | 2: login.resource: must be the https address",
                "issuers: [] | 2: login.issuers: must name one login server at least",
                "issuers: [{issuer: \"https://a.example\"}, {issuer: \"https://a.example\"}] | 2: login.issuers: must not name",
                "issuers: [{issuer: \"http://a.example\"}] | 2: login.issuers[0].issuer: must be an https address",
                "issuers: [{issuer: \"https://a.example\", jwks-uri: \"http://a.example\"}] | 2: login.issuers[0].jwks-uri: must",
                "issuers: [{issuer: \"https://a.example\", algorithms: [HS256]}] | 2: login.issuers[0].algorithms: must be signatures",
                "issuers: [{issuer: \"https://a.example\", algorithms: [none]}] | 2: login.issuers[0].algorithms: must be signatures",
                "issuers: [{issuer: \"https://a.example\", clock-skew: 1h}] | 2: login.issuers[0].clock-skew: must be from 0s to 5m",
                "issuers: [{issuer: \"https://a.example\", introspection: {client-id: a}}] | 2: login.issuers[0].introspection.client-secret: is",
                "issuers: [{issuer: \"https://a.example\", introspection: {client-id: a, client-secret: \"env:HUB_SECRET\", every: 1h}}]"
                        + " | 2: login.issuers[0].introspection.every: must be from 0s to 5m",
                "issuers: [{issuer: \"https://a.example\", patient: {ehr: rivver}}] | 2: login.issuers: holds a `patient: ehr`",
                "scopes: {reads: [\"a b\"]} | 2: login.scopes.reads: must hold scopes",
                "issuer: https://a.example | 2: login.issuer: is not a known key; did you mean `issuers`?",
            })
    void refusesALoginThatDoesNotHold(String line) {
        var parts = line.split(" \\| ", -1);
        var rest = List.of("resource: https://hub.example/mcp", "issuers: [{issuer: \"https://login.example\"}]");
        var yaml = new StringBuilder("login:\n  " + parts[0] + "\n");
        rest.stream()
                .filter(one -> !one.startsWith(parts[0].split(":", -1)[0] + ":"))
                .forEach(one -> yaml.append("  ").append(one).append("\n"));

        assertThat(problems(yaml + "ehrs: {river: {type: paper, base-url: \"https://ehr.example\"}}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:" + parts[1]);
    }

    @Test
    void otherMachinesNeedALoginAndALineThatNobodyReads() throws IOException {
        Files.writeString(folder.resolve("hub.pem"), "x");

        assertThat(problems(LOGIN + "server: {address: 0.0.0.0}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:2: server.address: needs `tls`, or `trusted-proxy`");
        assertThat(problems(LOGIN + "server: {address: hub.example, tls: {certificate: hub.pem, key: hub.pem}}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:2: server.address: must be an address in figures");
        assertThat(problems("server: {address: 0.0.0.0, tls: {certificate: hub.pem, key: hub.pem}}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:1: server.address: must be 127.0.0.1, ::1 or localhost");
        assertThat(problems(LOGIN + "server: {tls: {certificate: none.pem, key: hub.pem}}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:2: server.tls.certificate: names a file that is missing");
        assertThat(problems(LOGIN + "server: {trusted-proxy: [proxy.example]}"))
                .singleElement()
                .asString()
                .startsWith("ehr-hub.yaml:2: server.trusted-proxy: must hold addresses in figures");
        assertThat(load(LOGIN + "server: {address: 0.0.0.0, tls: {certificate: hub.pem, key: hub.pem}}")
                        .server()
                        .tls())
                .isNotNull();
        assertThat(load(LOGIN + "server: {address: \"::\", trusted-proxy: [192.0.2.7]}")
                        .server()
                        .isLocal())
                .isFalse();
    }

    @Test
    void theHubAnswersToTheNameThatItsTokensAreFor() {
        assertThat(load(LOGIN).mcp("1", folder).allowedHosts()).containsExactly("hub.example");
        assertThat(load("").mcp("1", folder).allowedHosts()).isEmpty();
    }

    private HubConfig load(String yaml) {
        try {
            Files.writeString(folder.resolve("ehr-hub.yaml"), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Configuration.load(folder.resolve("ehr-hub.yaml"), List.of(new PaperAdapter.Factory()), NAMES::get)
                .settings();
    }

    private List<String> problems(String yaml) {
        var refused = catchThrowableOfType(ConfigurationRefused.class, () -> load(yaml));
        assertThat(refused).as(yaml).isNotNull();
        return refused.problems().stream()
                .map(problem -> problem.toString().replace(folder + "/", ""))
                .toList();
    }
}
