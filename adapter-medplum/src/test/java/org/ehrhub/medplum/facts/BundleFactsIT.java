package org.ehrhub.medplum.facts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import java.util.UUID;
import org.ehrhub.medplum.live.MedplumUnderTest;
import org.ehrhub.medplum.live.Reply;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Batches, and transactions that are none where the project lacks the feature. */
@Tag("medplum")
class BundleFactsIT {
    private static final String GOOD = "{\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},"
            + "\"fullUrl\":\"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359\",\"resource\":{\"resourceType\":\"Patient\","
            + "\"name\":[{\"family\":\"%s\"}]}}";
    private static final String BAD = "{\"request\":{\"method\":\"POST\",\"url\":\"Observation\"},"
            + "\"resource\":{\"resourceType\":\"Observation\",\"status\":\"final\",\"favouriteColour\":\"x\"}}";

    private final MedplumUnderTest medplum = MedplumUnderTest.open();
    private final String family = "B" + UUID.randomUUID().toString().replace("-", "");

    @AfterEach
    void close() {
        medplum.http()
                .get("fhir/R4/Patient?family=" + family)
                .json()
                .path("entry")
                .valueStream()
                .forEach(entry -> medplum.http()
                        .delete("fhir/R4/Patient/"
                                + entry.path("resource").path("id").asString()));
        medplum.close();
    }

    @Test
    void aBatchAnswersEachEntryWithoutEtag() {
        var reply = sent("batch", GOOD.formatted(family), BAD, read("Patient/none"));

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("type").asString()).isEqualTo("batch-response");
        var first = reply.json().path("entry").path(0).path("response");
        assertThat(first.propertyNames()).containsExactlyInAnyOrder("outcome", "status", "location");
        assertThat(first.path("status").asString()).isEqualTo("201");
        assertThat(first.path("location").asString()).matches("Patient/[^/]+");
        assertThat(statuses(reply)).containsExactly("201", "400", "404");
    }

    @Test
    void aTransactionWithTheFeatureIsAllOrNothing() {
        assumeFeature();

        var reply = sent("transaction", GOOD.formatted(family), BAD);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().path("resourceType").asString()).isEqualTo("OperationOutcome");
        assertThat(patients()).isZero();
    }

    @Test
    void withoutTheFeatureATransactionIsABatchThatSaysTransactionResponse() {
        medplum.stub().project().feature("transaction-bundles", false);

        var reply = sent("transaction", GOOD.formatted(family), BAD);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().path("type").asString()).isEqualTo("transaction-response");
        assertThat(statuses(reply)).containsExactly("201", "400");
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void placeholdersAreResolved() {
        var note =
                "{\"request\":{\"method\":\"POST\",\"url\":\"Observation\"},\"resource\":{\"resourceType\":\"Observation\","
                        + "\"status\":\"final\",\"code\":{\"text\":\"note\"},"
                        + "\"subject\":{\"reference\":\"urn:uuid:5225c308-08fa-4602-9b80-9a08b46da359\"}}}";

        var reply = sent("transaction", note, GOOD.formatted(family)).json();

        var entries = reply.path("entry");
        assertThat(entries.path(0)
                        .path("resource")
                        .path("subject")
                        .path("reference")
                        .asString())
                .isEqualTo(entries.path(1).path("response").path("location").asString());
        medplum.http()
                .delete("fhir/R4/"
                        + entries.path(0).path("response").path("location").asString());
    }

    @Test
    void aStaleVersionStopsATransaction() {
        assumeFeature();
        var patient = medplum.clinic().patient(family, "P1");
        var id = patient.substring(patient.indexOf('/') + 1);
        var update = """
                {"request":{"method":"PUT","url":"%s","ifMatch":"W/\\"00000000-0000-4000-8000-000000000000\\""},
                 "resource":{"resourceType":"Patient","id":"%s"}}""".formatted(patient, id);

        var reply = sent("transaction", update, GOOD.formatted(family));

        assertThat(reply.status()).isEqualTo(412);
        assertThat(patients()).isEqualTo(1);
    }

    @Test
    void otherBundlesAndOtherResourcesAreRefused() {
        assertThat(sent("collection").issue()).isEqualTo("Unrecognized bundle type: collection");
        assertThat(medplum.http()
                        .post("fhir/R4", "{\"resourceType\":\"Patient\"}")
                        .issue())
                .isEqualTo("Not a bundle");
    }

    @Test
    void anAsynchronousBatchIsFollowedByItsJob() {
        medplum.stub();
        var bundle = "{\"resourceType\":\"Bundle\",\"type\":\"batch\",\"entry\":[" + GOOD.formatted(family) + "]}";

        var accepted = medplum.http().post("fhir/R4", bundle, "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        var job = accepted.header("Content-Location");
        assertThat(medplum.http().get(job).status()).isEqualTo(202);
        var done = medplum.http().get(job);
        assertThat(done.status()).isEqualTo(200);
        var binary = done.json()
                .path("output")
                .path("parameter")
                .path(0)
                .path("valueReference")
                .path("reference");
        assertThat(medplum.http()
                        .get("fhir/R4/" + binary.asString())
                        .json()
                        .path("type")
                        .asString())
                .isEqualTo("batch-response");
    }

    private void assumeFeature() {
        var features = medplum.http().get("auth/me").json().path("project").path("features");
        assumeTrue(
                features.valueStream().anyMatch(feature -> feature.asString().equals("transaction-bundles")),
                "the project lacks transaction-bundles");
    }

    private int patients() {
        return medplum.http()
                .get("fhir/R4/Patient?_summary=count&family=" + family)
                .json()
                .path("total")
                .asInt();
    }

    private Reply sent(String type, String... entries) {
        return medplum.http()
                .post(
                        "fhir/R4",
                        "{\"resourceType\":\"Bundle\",\"type\":\"%s\",\"entry\":[%s]}"
                                .formatted(type, String.join(",", entries)));
    }

    private static String read(String url) {
        return "{\"request\":{\"method\":\"GET\",\"url\":\"" + url + "\"}}";
    }

    private static List<String> statuses(Reply reply) {
        return reply.json()
                .path("entry")
                .valueStream()
                .map(entry -> entry.path("response").path("status").asString())
                .toList();
    }
}
