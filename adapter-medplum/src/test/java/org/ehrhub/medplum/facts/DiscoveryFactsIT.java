package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What Medplum tells anybody, and which operations it has although it names none. */
@Tag("medplum")
class DiscoveryFactsIT {
    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void healthAndLoginDocumentsArePublic() {
        assertThat(open("healthcheck").json().path("ok").asBoolean()).isTrue();
        var configuration = open(".well-known/openid-configuration").json();
        assertThat(configuration.path("issuer").asString()).endsWith("/");
        assertThat(configuration.path("token_endpoint").asString()).endsWith("/oauth2/token");
        assertThat(open(".well-known/oauth-authorization-server").status()).isEqualTo(200);
        assertThat(open(".well-known/jwks.json")
                        .json()
                        .path("keys")
                        .path(0)
                        .path("kty")
                        .asString())
                .isEqualTo("EC");
        var smart = open("fhir/R4/.well-known/smart-configuration").json();
        assertThat(smart.path("token_endpoint_auth_methods_supported").size()).isEqualTo(3);
    }

    @Test
    void theStatementNamesTransactionsWhateverTheProjectAndOneOperationOfTheMany() {
        var statement = open("fhir/R4/metadata");

        assertThat(statement.header("Content-Type")).startsWith("application/json");
        var rest = statement.json().path("rest").path(0);
        assertThat(rest.path("interaction").valueStream())
                .extracting(interaction -> interaction.path("code").asString())
                .containsExactly("transaction", "batch");
        assertThat(rest.has("operation")).isFalse();
        assertThat(rest.path("resource").valueStream().filter(type -> type.has("operation")))
                .extracting(type -> type.path("type").asString())
                .containsExactly("Group");
        assertThat(rest.path("resource").valueStream())
                .extracting(type -> type.path("type").asString())
                .doesNotContain("Bot", "Agent");
        assertThat(rest.path("resource").path(0).path("updateCreate").asBoolean(true))
                .isFalse();
    }

    @Test
    void pathsThatNobodyServesAreHtml() {
        var reply = open(".well-known/oauth-protected-resource/mcp/stream");

        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.header("Content-Type")).startsWith("text/html");
    }

    @Test
    void eligibilityAndClaimsCannotBeSubmitted() {
        medplum.since("5.1");
        var parameters = "{\"resourceType\":\"Parameters\",\"parameter\":[]}";

        assertThat(medplum.http().post("fhir/R4/Claim/$submit", parameters).status())
                .isEqualTo(404);
        assertThat(medplum.http()
                        .post("fhir/R4/CoverageEligibilityRequest/$submit", parameters)
                        .status())
                .isEqualTo(404);
        assertThat(medplum.http().post("fhir/R4/$teleport", parameters).id()).isEqualTo("not-found");
    }

    @Test
    void anUnknownValueSetIs400AndAnUnknownCodeSystem404() {
        medplum.since("5.1");
        assertThat(medplum.http()
                        .get("fhir/R4/ValueSet/$expand?url=http://example.org/nope")
                        .issue())
                .isEqualTo("ValueSet http://example.org/nope not found");
        assertThat(medplum.http().get("fhir/R4/ValueSet/$expand").issue()).isEqualTo("Missing url");
        assertThat(medplum.http()
                        .get("fhir/R4/CodeSystem/$lookup?system=http://example.org/nope&code=1")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void everythingBreaksOnOneTypeAndWorksOnTwo() {
        var patient = medplum.clinic().patient("Every", "Eve");
        medplum.create("""
                {"resourceType":"Observation","status":"final","code":{"text":"note"},"subject":{"reference":"%s"}}""".formatted(patient));
        var everything = "fhir/R4/" + patient + "/$everything";

        assertThat(medplum.http().get(everything).json().path("entry").size()).isEqualTo(2);
        assertThat(medplum.http().get(everything + "?_type=Observation").issue())
                .isEqualTo("types.push is not a function");
        assertThat(medplum.http()
                        .get(everything + "?_type=Observation&_type=Condition")
                        .status())
                .isEqualTo(200);
    }

    private Reply open(String path) {
        return medplum.http().send("GET", path, null);
    }
}
