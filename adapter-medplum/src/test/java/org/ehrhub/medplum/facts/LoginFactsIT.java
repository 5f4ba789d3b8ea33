package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tokens by client credentials, Basic on the API, and all the ways to be refused. */
@Tag("medplum")
class LoginFactsIT {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void aTokenComesWithoutARefreshTokenEvenWhenAskedForOffline() {
        var reply = token(credentials(medplum.clientSecret()) + "&scope=offline_access");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("token_type").asString()).isEqualTo("Bearer");
        assertThat(reply.json().path("expires_in").asInt()).isPositive();
        assertThat(reply.json().path("scope").asString()).isEqualTo("offline_access");
        assertThat(reply.json().has("refresh_token")).isFalse();
        assertThat(reply.json().path("access_token").asString().split("\\.", -1))
                .hasSize(3);
    }

    @Test
    void theSecretMayComeAsBasic() {
        var reply = medplum.http()
                .send(
                        "POST",
                        "oauth2/token",
                        "grant_type=client_credentials",
                        "Content-Type",
                        FORM,
                        "Authorization",
                        basic(medplum.clientSecret()));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void everyRefusalOfATokenIs400AndNeverInvalidClient() {
        assertRefused(token(credentials("wrong")), "Invalid secret");
        assertRefused(token("grant_type=client_credentials&client_id=" + medplum.clientId()), "Missing client_secret");
        assertRefused(
                token("grant_type=client_credentials&client_id=5f5bfec8-2b0d-4242-a5b5-beac46ef1269&client_secret=x"),
                "Invalid client");
        assertRefused(token("grant_type=password&username=a&password=b"), "Unsupported grant_type");
        assertRefused(token("client_id=" + medplum.clientId()), "Missing grant_type");
    }

    @Test
    void aJsonBodyAtTheTokenEndpointIsRefusedInHtml() {
        var reply = medplum.http()
                .send(
                        "POST",
                        "oauth2/token",
                        "{\"grant_type\":\"client_credentials\"}",
                        "Content-Type",
                        "application/json");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
        assertThat(reply.text()).isEqualTo("Unsupported content type");
    }

    @Test
    void basicWorksStraightOnTheApi() {
        var reply = medplum.http()
                .send("GET", "fhir/R4/Patient?_count=1", null, "Authorization", basic(medplum.clientSecret()));

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void every401LooksTheSame() {
        medplum.since("5.1");
        assertUnauthorized(medplum.http().send("GET", "fhir/R4/Patient", null), "Bearer");
        assertUnauthorized(
                medplum.http().send("GET", "fhir/R4/Patient", null, "Authorization", "Bearer not-a-jwt"), "Bearer");
        assertUnauthorized(
                medplum.http().send("GET", "fhir/R4/Patient", null, "Authorization", basic("wrong")), "Basic");
    }

    @Test
    void authMeTellsTheFeaturesAndTheSecret() {
        var reply = medplum.http().get("auth/me");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.json().path("project").path("id").asString()).isNotEmpty();
        assertThat(reply.json().path("profile").path("secret").asString()).isEqualTo(medplum.clientSecret());
        assertThat(reply.json()
                        .path("membership")
                        .path("profile")
                        .path("reference")
                        .asString())
                .isEqualTo("ClientApplication/" + medplum.clientId());
    }

    @Test
    void aProjectWithoutFeaturesSaysNothingOfThem() {
        var project = medplum.stub().project();
        assertThat(medplum.http()
                        .get("auth/me")
                        .json()
                        .path("project")
                        .path("features")
                        .valueStream())
                .extracting(JsonNode::asString)
                .containsExactly("bots", "transaction-bundles");

        project.feature("bots", false);
        project.feature("transaction-bundles", false);

        assertThat(medplum.http().get("auth/me").json().path("project").has("features"))
                .isFalse();
    }

    @Test
    void aTokenExpiresWithTheClientsLifetime() {
        var stub = medplum.stub();
        stub.project().lifetime(stub.client(), Duration.ofSeconds(3));
        assertThat(token(credentials(medplum.clientSecret()))
                        .json()
                        .path("expires_in")
                        .asInt())
                .isEqualTo(3);

        assertThat(medplum.http().get("fhir/R4/Patient").status()).isEqualTo(200);
        stub.pass(Duration.ofSeconds(3));

        assertUnauthorized(medplum.http().get("fhir/R4/Patient"), "Bearer");
    }

    @Test
    void revokedTokensAreDeadForIntrospectionToo() {
        var stub = medplum.stub();
        var token = medplum.http().token();
        assertThat(introspected(token).json().path("active").asBoolean()).isTrue();

        stub.logins().revokeAll();

        assertThat(introspected(token).text()).isEqualTo("{\"active\":false}");
        assertThat(medplum.http().get("fhir/R4/Patient").status()).isEqualTo(401);
        assertThat(stub.logins().tokenCalls()).isEqualTo(1);
    }

    @Test
    void theTokenEndpointTakes160CallsAMinute() {
        var stub = medplum.stub();
        stub.limits().tokenCalls(2);
        token(credentials(medplum.clientSecret()));
        token(credentials(medplum.clientSecret()));

        var refused = token(credentials(medplum.clientSecret()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("RateLimit")).startsWith("\"requests\";r=0;t=");
        assertThat(refused.header("Retry-After")).isEmpty();
        stub.pass(Duration.ofMinutes(1));
        assertThat(token(credentials(medplum.clientSecret())).status()).isEqualTo(200);
    }

    private Reply introspected(String token) {
        return medplum.http().send("POST", "oauth2/introspect", "token=" + token, "Content-Type", FORM);
    }

    private Reply token(String form) {
        return medplum.http().send("POST", "oauth2/token", form, "Content-Type", FORM);
    }

    private String credentials(String secret) {
        return "grant_type=client_credentials&client_id=" + medplum.clientId() + "&client_secret=" + secret;
    }

    private String basic(String secret) {
        var pair = medplum.clientId() + ":" + secret;
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRefused(Reply reply, String description) {
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("error").asString()).isEqualTo("invalid_request");
        assertThat(reply.json().path("error_description").asString()).isEqualTo(description);
    }

    private static void assertUnauthorized(Reply reply, String scheme) {
        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.id()).isEqualTo("unauthorized");
        assertThat(reply.json().path("issue").path(0).path("code").asString()).isEqualTo("login");
        assertThat(reply.header("WWW-Authenticate")).matches(scheme + " realm=\"[^\"]+/\"");
    }
}
