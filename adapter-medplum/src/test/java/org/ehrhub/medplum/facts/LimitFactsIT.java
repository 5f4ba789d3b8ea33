package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The two-part {@code RateLimit} header, what interactions cost, and refusals without {@code Retry-After}. */
@Tag("medplum")
class LimitFactsIT {
    private static final String PATIENT = "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Limit\"}]}";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();

    @AfterEach
    void close() {
        medplum.close();
    }

    @Test
    void theHeaderHasTwoParts() {
        var reply = medplum.http().get("fhir/R4/Patient?_count=1");

        assertThat(String.join(", ", reply.all("RateLimit")))
                .matches("\"requests\";r=\\d+;t=\\d+, \"fhirInteractions\";r=\\d+;t=\\d+");
    }

    @Test
    void theTwoPartsMayComeAsTwoHeaders() {
        medplum.stub().limits().twoHeaders(true);

        assertThat(medplum.http().get("fhir/R4/Patient").all("RateLimit")).hasSize(2);
    }

    @Test
    void readsCost1SearchesCost20AndWritesCost100() {
        var stub = medplum.stub();
        var limits = stub.limits();
        medplum.http().post("fhir/R4/Patient", PATIENT);
        assertThat(limits.used(stub.client())).isEqualTo(100);
        var patient = stub.put(PATIENT);
        medplum.http().get("fhir/R4/" + patient);
        assertThat(limits.used(stub.client())).isEqualTo(101);
        medplum.http().get("fhir/R4/Patient");
        assertThat(limits.used(stub.client())).isEqualTo(121);
        medplum.http().post("fhir/R4/Patient", PATIENT, "If-None-Exist", "family=Nobody");
        assertThat(limits.used(stub.client())).isEqualTo(241);
        medplum.http().get("fhir/R4/" + patient + "/_history");
        assertThat(limits.used(stub.client())).isEqualTo(251);
    }

    @Test
    void aSpentBudgetIs429WithoutRetryAfter() {
        var stub = medplum.stub();
        stub.limits().interactions(150);
        assertThat(medplum.http().post("fhir/R4/Patient", PATIENT).status()).isEqualTo(201);

        var refused = medplum.http().post("fhir/R4/Patient", PATIENT);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.id()).isEqualTo("too-many-requests");
        assertThat(refused.header("Retry-After")).isEmpty();
        assertThat(refused.header("RateLimit")).contains("\"fhirInteractions\";r=0;t=");
        assertThat(refused.json().path("issue").path(0).path("diagnostics").asString())
                .contains("\"_msBeforeNext\":", "\"limit\":150");
        assertThat(stub.all("Patient")).hasSize(1);
        stub.pass(Duration.ofMinutes(1));
        assertThat(medplum.http().post("fhir/R4/Patient", PATIENT).status()).isEqualTo(201);
    }

    @Test
    void tooManyRequestsOfOneAddressAreRefusedInPlainJson() {
        medplum.http().token();
        medplum.stub().limits().requests(1);
        medplum.http().get("fhir/R4/Patient");

        var refused = medplum.http().get("fhir/R4/Patient");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Content-Type")).startsWith("application/json");
        assertThat(refused.json().has("extension")).isFalse();
    }

    @Test
    void afterThe429OfABatchItsOtherEntriesGetOneToo() {
        medplum.stub().limits().interactions(150);
        var create = "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},\"resource\":" + PATIENT + "}";
        var read = "{\"request\":{\"method\":\"GET\",\"url\":\"Patient/x\"}}";

        var reply = medplum.http()
                .post(
                        "fhir/R4",
                        "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":["
                                + String.join(",", create, create, read) + "]}");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("entry").valueStream())
                .extracting(entry -> entry.path("response").path("status").asString())
                .containsExactly("201", "429", "429");
    }

    @Test
    void theResourceCapIs422() {
        medplum.stub().limits().cap(0);

        var refused = medplum.http().post("fhir/R4/Patient", PATIENT);

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json()
                        .path("issue")
                        .path(0)
                        .path("details")
                        .path("id")
                        .asString())
                .isEqualTo("resource-cap");
    }
}
